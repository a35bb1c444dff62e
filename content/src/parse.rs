//! From RON's words to its tree; stops at the first fault.

use crate::lexer::{Lexer, SyntaxFault, Token, fault};
use crate::tree::{Field, Kind, Span, Value, Word, clip};

/// How deep brackets may stand in brackets. A pack needs six; the limit keeps the stack small whatever
/// somebody sends.
pub(crate) const DEPTH_MAX: usize = 32;

/// Items of one list, fields of one group.
pub(crate) const ITEMS_MAX: usize = 20_000;

/// Fields of one `Name(…)`; no schema of ours has a quarter as many.
const FIELDS_MAX: usize = 64;

/// Values of one file, so that eight megabytes of commas don't become half a gigabyte of tree.
const VALUES_MAX: usize = 400_000;

/// Extensions of RON that a file may switch on by its first line. They are on in any case.
const EXTENSIONS: [&str; 1] = ["implicit_some"];

/// Reads a whole file.
///
/// # Errors
/// The first fault.
pub(crate) fn parse(source: &str) -> Result<Value<'_>, SyntaxFault> {
    let mut lexer = Lexer::new(source);
    let (token, span) = lexer.next()?;
    let mut parser = Parser { source, lexer, token, span, open: Vec::new(), last: None, end: 0, values: 0 };
    parser.attributes()?;
    if parser.token == Token::End {
        return fault(
            parser.span,
            "The file is empty.",
            "See README.md in the folder `content` for what belongs in it.",
        );
    }
    let value = parser.value()?;
    match &parser.token {
        Token::End => Ok(value),
        Token::Mark(c @ (')' | ']' | '}')) => fault(
            parser.span,
            format!("`{c}` closes nothing: what it could close is closed already."),
            "Leave it out, or look for a bracket too many before it.",
        ),
        token => fault(
            parser.span,
            format!("The file goes on with {} after its one value has ended.", token.describe()),
            parser.hint("A file holds one value; many cards stand in one list: `[ … ]`."),
        ),
    }
}

struct Parser<'s> {
    source: &'s str,
    lexer: Lexer<'s>,
    token: Token<'s>,
    span: Span,
    /// The brackets that are open, with their places.
    open: Vec<(char, usize)>,
    /// The last text read, since a missing quotation mark shows only after it.
    last: Option<Span>,
    /// Where the last token ended.
    end: u32,
    /// How many values were begun.
    values: usize,
}

impl<'s> Parser<'s> {
    fn advance(&mut self) -> Result<(Token<'s>, Span), SyntaxFault> {
        let (token, span) = self.lexer.next().map_err(|fault| self.swallowed(fault))?;
        self.end = self.span.end;
        self.last = matches!(self.token, Token::Text(_)).then_some(self.span);
        Ok((std::mem::replace(&mut self.token, token), std::mem::replace(&mut self.span, span)))
    }

    fn line(&self, at: usize) -> usize {
        1 + self.source.as_bytes()[..at.min(self.source.len())].iter().filter(|b| **b == b'\n').count()
    }

    /// A word that means nothing, right after a text of several lines, was meant to be in a text.
    fn swallowed(&self, fault: SyntaxFault) -> SyntaxFault {
        let text = self.source.get(self.span.start as usize..self.span.end as usize).unwrap_or("");
        match self.token {
            Token::Text(_) if text.contains('\n') => SyntaxFault { help: Some(self.runs_over(self.span)), ..fault },
            _ => fault,
        }
    }

    fn runs_over(&self, text: Span) -> String {
        format!(
            "The text before it begins in line {} and runs over several lines: is a closing \" missing there?",
            self.line(text.start as usize)
        )
    }

    /// What stands between a place and the present token.
    fn gap(&self, from: u32) -> &'s str {
        self.source.get(from as usize..self.span.start as usize).unwrap_or("")
    }

    /// Help for a comma or bracket that was not found: mostly a quotation mark is what is missing.
    fn hint(&self, usual: &str) -> String {
        match self.last {
            Some(text) if self.source[text.start as usize..text.end as usize].contains('\n') => self.runs_over(text),
            Some(text) if matches!(self.token, Token::Name(_)) && !self.gap(text.end).contains('\n') => {
                "If this belongs to the text before it, write \\\" for the quotation mark inside the text; if not, a comma is missing.".into()
            }
            _ => usual.into(),
        }
    }

    /// `#![enable(…)]` lines.
    fn attributes(&mut self) -> Result<(), SyntaxFault> {
        while self.token == Token::Mark('#') {
            let start = self.span.start as usize;
            let line = self.source[start..].lines().next().unwrap_or("");
            let inner: String = line.chars().filter(|c| !c.is_whitespace()).collect();
            let names = inner.strip_prefix("#![enable(").and_then(|r| r.strip_suffix(")]"));
            if !names.is_some_and(|names| names.split(',').all(|n| EXTENSIONS.contains(&n))) {
                return fault(
                    Span::new(start, start + line.len()),
                    "This first line is not one that a pack may have.",
                    "The only one is `#![enable(implicit_some)]`, and it can be left out.",
                );
            }
            while (self.span.start as usize) < start + line.len() && self.token != Token::End {
                // `!` is no word of a pack's RON, so the line is stepped over as a whole.
                self.lexer.jump(start + line.len());
                (self.token, self.span) = self.lexer.next()?;
            }
        }
        Ok(())
    }

    fn value(&mut self) -> Result<Value<'s>, SyntaxFault> {
        let start = self.span.start as usize;
        self.values += 1;
        if self.values > VALUES_MAX {
            return fault(
                self.span,
                format!("The file holds more than {VALUES_MAX} values."),
                "Part it into several files.",
            );
        }
        let (kind, end) = match &self.token {
            Token::Mark('[') => {
                self.enter('[')?;
                let mut items = Vec::new();
                while self.token != Token::Mark(']') {
                    items.push(self.value()?);
                    self.separator(']', items.len())?;
                }
                (Kind::List(items), self.leave()?)
            }
            Token::Mark('{') => {
                self.enter('{')?;
                let mut items = Vec::new();
                while self.token != Token::Mark('}') {
                    let key = self.value()?;
                    self.colon()?;
                    items.push((key, self.value()?));
                    self.separator('}', items.len())?;
                }
                (Kind::Map(items), self.leave()?)
            }
            Token::Mark('(') => self.group(None)?,
            Token::Name(text) => {
                let text = *text;
                let (_, span) = self.advance()?;
                match (text, &self.token) {
                    (_, Token::Mark('(')) => self.group(Some(Word { text, span }))?,
                    ("true", _) => (Kind::Bool(true), span.end as usize),
                    ("false", _) => (Kind::Bool(false), span.end as usize),
                    _ => (Kind::Name(text), span.end as usize),
                }
            }
            Token::Mark(',') => return fault(self.span, "Something is missing before this comma.", ""),
            Token::Mark(c @ (')' | ']' | '}')) => {
                let message = match self.open.last() {
                    Some((open, at)) if closing(*open) != *c => {
                        format!("`{c}` cannot close the `{open}` that was opened in line {}.", self.line(*at))
                    }
                    _ => format!("A value is missing before `{c}`."),
                };
                return fault(self.span, message, "");
            }
            Token::Mark(c) => return fault(self.span, format!("A value was expected here, not `{c}`."), ""),
            Token::End => return self.ended(),
            _ => {
                let (token, span) = self.advance()?;
                let kind = match token {
                    Token::Int(n) => Kind::Int(n),
                    Token::Char(c) => Kind::Char(c),
                    Token::Text(t) => Kind::Text(t),
                    _ => Kind::Float,
                };
                (kind, span.end as usize)
            }
        };
        Ok(Value { kind, span: Span::new(start, end) })
    }

    /// What stands in round brackets: fields if a colon follows the first word, else items.
    fn group(&mut self, name: Option<Word<'s>>) -> Result<(Kind<'s>, usize), SyntaxFault> {
        self.enter('(')?;
        let mut items = Vec::new();
        let mut fields = Vec::new();
        while self.token != Token::Mark(')') {
            let first = items.is_empty() && fields.is_empty();
            let value = self.value()?;
            match value.kind {
                Kind::Name(text) if self.token == Token::Mark(':') && (first || !fields.is_empty()) => {
                    self.advance()?;
                    let name = Word { text, span: value.span };
                    if fields.len() == FIELDS_MAX {
                        return fault(name.span, format!("There are more than {FIELDS_MAX} fields in one group."), "");
                    }
                    fields.push(Field { name, value: self.value()? });
                }
                // `Name "text"` can only be a field; `Name, "text"` would be two items.
                Kind::Name(text) if matches!(self.token, Token::Text(_) | Token::Int(_) | Token::Name(_)) => {
                    return fault(
                        value.span,
                        format!("A colon is missing after `{}`.", clip(text)),
                        "Every field is written `name: value`.",
                    );
                }
                _ if !fields.is_empty() => {
                    return fault(
                        value.span,
                        format!("A field's name was expected here, not {}.", value.kind.describe()),
                        self.hint("Every field is written `name: value`."),
                    );
                }
                _ => items.push(value),
            }
            self.separator(')', items.len() + fields.len())?;
        }
        let end = self.leave()?;
        let kind = if fields.is_empty() { Kind::Tuple(name, items) } else { Kind::Struct(name, fields) };
        Ok((kind, end))
    }

    fn enter(&mut self, open: char) -> Result<(), SyntaxFault> {
        if self.open.len() == DEPTH_MAX {
            return fault(
                self.span,
                format!("Brackets stand in brackets more than {DEPTH_MAX} deep."),
                "A pack needs six at most.",
            );
        }
        self.open.push((open, self.span.start as usize));
        self.advance().map(|_| ())
    }

    fn leave(&mut self) -> Result<usize, SyntaxFault> {
        self.open.pop();
        Ok(self.advance()?.1.end as usize)
    }

    fn colon(&mut self) -> Result<(), SyntaxFault> {
        match self.token {
            Token::Mark(':') => self.advance().map(|_| ()),
            Token::End => self.ended(),
            _ => fault(self.span, "A colon is missing before this.", "Write `\"key\": \"text\"`."),
        }
    }

    /// A comma, or the bracket that closes the group.
    fn separator(&mut self, close: char, count: usize) -> Result<(), SyntaxFault> {
        match &self.token {
            _ if count >= ITEMS_MAX => {
                fault(self.span, format!("There are more than {ITEMS_MAX} things in one group."), "")
            }
            Token::Mark(',') => self.advance().map(|_| ()),
            Token::Mark(c) if *c == close => Ok(()),
            Token::End => self.ended(),
            Token::Mark(c @ (')' | ']' | '}')) => {
                let (open, at) = self.open.last().copied().unwrap_or(('(', 0));
                fault(
                    self.span,
                    format!("`{c}` cannot close the `{open}` that was opened in line {}.", self.line(at)),
                    format!("A `{close}` is missing before it."),
                )
            }
            token => {
                // A comma belongs where the value before it ends, which may be lines above.
                let gap = self.gap(self.end);
                let at = if gap.contains('\n') { Span { start: self.end, end: self.end } } else { self.span };
                fault(
                    at,
                    format!("A comma or `{close}` is missing before {}.", token.describe()),
                    self.hint("Put a comma after what stands before it."),
                )
            }
        }
    }

    fn ended<T>(&self) -> Result<T, SyntaxFault> {
        let (open, at) = self.open.last().copied().unwrap_or(('(', 0));
        fault(
            Span::new(at, at + 1),
            format!("The file ends, and the `{open}` opened here was never closed."),
            format!("Put `{}` where it should end; or a part of the file is missing.", closing(open)),
        )
    }
}

const fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}
