//! RON's words: brackets, names, numbers, texts.

use std::borrow::Cow;

use crate::tree::{Span, clip};

/// One word of RON.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Token<'s> {
    /// One of `( ) [ ] { } : ,` or `#`.
    Mark(char),
    Name(&'s str),
    Int(i64),
    Float,
    Char(char),
    Text(Cow<'s, str>),
    End,
}

impl Token<'_> {
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Mark(c) => format!("`{c}`"),
            Self::Name(n) => format!("`{}`", clip(n)),
            Self::Int(n) => format!("the number {n}"),
            Self::Float => "a number".into(),
            Self::Char(_) => "a character in single quotes".into(),
            Self::Text(_) => "a text".into(),
            Self::End => "the end of the file".into(),
        }
    }
}

/// Why a file is not RON. There is one a file: what follows it would be guesswork.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct SyntaxFault {
    /// Where.
    pub(crate) span: Span,
    /// What is wrong, in one sentence.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) help: Option<String>,
}

pub(crate) fn fault<T>(span: Span, message: impl Into<String>, help: impl Into<String>) -> Result<T, SyntaxFault> {
    let help = help.into();
    Err(SyntaxFault { span, message: message.into(), help: (!help.is_empty()).then_some(help) })
}

pub(crate) struct Lexer<'s> {
    source: &'s str,
    at: usize,
}

impl<'s> Lexer<'s> {
    pub(crate) fn new(source: &'s str) -> Self {
        Self { source, at: 0 }
    }

    /// Goes on from this byte, which must be the end of a line.
    pub(crate) fn jump(&mut self, at: usize) {
        self.at = at;
    }

    fn rest(&self) -> &'s str {
        &self.source[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn here(&self) -> Span {
        let width = self.peek().map_or(0, char::len_utf8);
        Span::new(self.at, self.at + width)
    }

    /// Whitespace and comments. Block comments nest, as RON's do.
    fn skip(&mut self) -> Result<(), SyntaxFault> {
        loop {
            self.at += self.rest().len() - self.rest().trim_start().len();
            if self.rest().starts_with("//") {
                self.at += self.rest().find('\n').unwrap_or(self.rest().len());
            } else if self.rest().starts_with("/*") {
                let open = self.at;
                let mut depth = 0usize;
                loop {
                    if self.rest().starts_with("/*") {
                        depth += 1;
                        self.at += 2;
                    } else if self.rest().starts_with("*/") {
                        depth -= 1;
                        self.at += 2;
                        if depth == 0 {
                            break;
                        }
                    } else if let Some(c) = self.peek() {
                        self.at += c.len_utf8();
                    } else {
                        return fault(
                            Span::new(open, open + 2),
                            "The remark that begins with `/*` here never ends.",
                            "Put `*/` where it should end.",
                        );
                    }
                }
            } else {
                return Ok(());
            }
        }
    }

    pub(crate) fn next(&mut self) -> Result<(Token<'s>, Span), SyntaxFault> {
        self.skip()?;
        let start = self.at;
        let Some(c) = self.peek() else {
            return Ok((Token::End, Span::new(start, start)));
        };
        let token = match c {
            '(' | ')' | '[' | ']' | '{' | '}' | ':' | ',' | '#' => {
                self.at += 1;
                Token::Mark(c)
            }
            '"' => self.text()?,
            '\'' => self.character()?,
            'r' if self.raw_hashes().is_some() => self.raw_text()?,
            'b' if self.rest().starts_with("b\"") || self.rest().starts_with("b'") => {
                return fault(
                    self.here(),
                    "A pack has no byte strings.",
                    "Leave out the `b` before the quotation mark.",
                );
            }
            c if c.is_ascii_digit() || matches!(c, '+' | '-' | '.') => self.number()?,
            c if c.is_alphabetic() || c == '_' => {
                let rest = self.rest();
                // Raw names (`r#type`) are RON's; no pack needs one, but an editor may write them.
                let from = if rest.starts_with("r#") { 2 } else { 0 };
                let len =
                    rest[from..].find(|c: char| !(c.is_alphanumeric() || c == '_')).map_or(rest.len(), |n| n + from);
                self.at += len;
                Token::Name(&rest[from..len])
            }
            '“' | '”' | '„' | '«' | '»' => {
                return fault(
                    self.here(),
                    format!("A curly quotation mark {c} stands where a text should begin."),
                    "A text begins and ends with the straight mark \" (word processors change it to a curly one).",
                );
            }
            '=' => {
                return fault(self.here(), "`=` stands where a colon belongs.", "Write `name: value`.");
            }
            ';' => {
                return fault(
                    self.here(),
                    "`;` stands where a comma belongs.",
                    "Fields and items are parted by commas.",
                );
            }
            _ => {
                return fault(
                    self.here(),
                    format!("The character {c:?} means nothing here."),
                    "A text must stand between two straight quotation marks.",
                );
            }
        };
        Ok((token, Span::new(start, self.at)))
    }

    /// How many `#` stand between `r` and `"`, if this is a raw text.
    fn raw_hashes(&self) -> Option<usize> {
        let rest = self.rest().strip_prefix('r')?;
        let inner = rest.trim_start_matches('#');
        inner.starts_with('"').then_some(rest.len() - inner.len())
    }

    fn raw_text(&mut self) -> Result<Token<'s>, SyntaxFault> {
        let open = self.at;
        let hashes = self.raw_hashes().unwrap_or(0);
        let from = open + 2 + hashes;
        let close = format!("\"{}", "#".repeat(hashes));
        let Some(len) = self.source[from..].find(&close) else {
            return fault(
                Span::new(open, from),
                "The text that begins here never ends.",
                format!("It ends with {close}."),
            );
        };
        self.at = from + len + close.len();
        Ok(Token::Text(Cow::Borrowed(&self.source[from..from + len])))
    }

    fn text(&mut self) -> Result<Token<'s>, SyntaxFault> {
        let open = self.at;
        self.at += 1;
        let from = self.at;
        let mut owned: Option<String> = None;
        let mut piece = from;
        loop {
            // Nothing between the marks matters but these two, so the search goes by bytes.
            let Some(len) = self.rest().find(['"', '\\']) else {
                let line = self.source[open..].find('\n').unwrap_or(self.source.len() - open);
                return fault(
                    Span::new(open, open + line.max(1)),
                    "The text that begins here never ends.",
                    "Put a straight \" where it ends; inside a text write \\\" for a quotation mark.",
                );
            };
            self.at += len;
            if self.rest().starts_with('"') {
                let last = &self.source[piece..self.at];
                self.at += 1;
                return Ok(Token::Text(match owned {
                    Some(mut text) => {
                        text.push_str(last);
                        Cow::Owned(text)
                    }
                    None => Cow::Borrowed(last),
                }));
            }
            let text = owned.get_or_insert_default();
            text.push_str(&self.source[piece..self.at]);
            let c = self.escape()?;
            owned.get_or_insert_default().push(c);
            piece = self.at;
        }
    }

    /// What follows a backslash, which stands at `self.at`.
    fn escape(&mut self) -> Result<char, SyntaxFault> {
        const HELP: &str = "After a backslash there may be n (new line), t, r, 0, \\, \", ', xNN or u{NNNN}.";
        let start = self.at;
        self.at += 1;
        let Some(c) = self.peek() else {
            return fault(Span::new(start, start + 1), "The file ends after a backslash.", HELP);
        };
        self.at += c.len_utf8();
        let digits = match c {
            'n' => return Ok('\n'),
            't' => return Ok('\t'),
            'r' => return Ok('\r'),
            '0' => return Ok('\0'),
            '\\' | '"' | '\'' => return Ok(c),
            'x' => {
                let digits = self.rest().get(..2).unwrap_or("");
                self.at += digits.len();
                digits
            }
            'u' => match self.rest().strip_prefix('{').and_then(|r| r.split_once('}')) {
                Some((digits, _)) if (1..=6).contains(&digits.len()) => {
                    self.at += digits.len() + 2;
                    digits
                }
                _ => "",
            },
            _ => "",
        };
        let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit());
        match u32::from_str_radix(digits, 16).ok().filter(|_| plain).and_then(char::from_u32) {
            Some(c) => Ok(c),
            None => fault(Span::new(start, self.at), format!("`\\{c}` is not a known escape."), HELP),
        }
    }

    fn character(&mut self) -> Result<Token<'s>, SyntaxFault> {
        let open = self.at;
        self.at += 1;
        let c = match self.peek() {
            Some('\\') => Some(self.escape()?),
            Some(c) if c != '\'' => {
                self.at += c.len_utf8();
                Some(c)
            }
            _ => None,
        };
        match c {
            Some(c) if self.rest().starts_with('\'') => {
                self.at += 1;
                Ok(Token::Char(c))
            }
            _ => fault(
                Span::new(open, open + 1),
                "A text stands between double quotation marks \", not single ones.",
                "Write \"like this\".",
            ),
        }
    }

    fn number(&mut self) -> Result<Token<'s>, SyntaxFault> {
        let start = self.at;
        let rest = self.rest();
        let end =
            rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '+' | '-' | '.'))).unwrap_or(rest.len());
        let word = &rest[..end];
        self.at += end;
        let span = Span::new(start, self.at);
        let (sign, digits) = match word.as_bytes()[0] {
            b'-' => (-1, &word[1..]),
            b'+' => (1, &word[1..]),
            _ => (1, word),
        };
        if digits.starts_with(|c: char| c.is_ascii_digit()) && digits.bytes().all(|b| b.is_ascii_digit() || b == b'_') {
            return match digits.replace('_', "").parse::<i64>() {
                Ok(n) => Ok(Token::Int(sign * n)),
                Err(_) => fault(span, "This number is too large.", ""),
            };
        }
        // Underscores inside a number with a point are RON's too, but nobody needs them in a pack.
        let plain = digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'));
        if plain && digits.bytes().any(|b| b.is_ascii_digit()) && digits.parse::<f64>().is_ok() {
            return Ok(Token::Float);
        }
        fault(span, format!("`{}` is not a number.", clip(word)), "Numbers in a pack are whole and written in digits.")
    }
}
