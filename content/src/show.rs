//! A report for people: each fault with the line that it is in.

use std::fmt;
use std::sync::Arc;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, Severity, SourceCode};

use crate::fault::{Fault, Report};

/// How many faults are drawn in full; the rest are one line each, so that a pack with a hundred faults
/// can still be read.
const DRAWN_MAX: usize = 40;

/// Bytes before and behind a fault in which three lines must have their ends.
const LINE_MAX: usize = 4_000;

/// A fault as `miette` draws it.
struct Drawn<'f> {
    fault: &'f Fault,
    source: Option<NamedSource<Excerpt>>,
}

/// The text, shared with the fault.
#[derive(Debug)]
struct Excerpt(Arc<str>);

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &miette::SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn miette::SpanContents<'a> + 'a>, miette::MietteError> {
        self.0.as_ref().read_span(span, before, after)
    }
}

impl fmt::Debug for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.fault.place, self.fault.message)
    }
}

impl std::error::Error for Drawn<'_> {}

impl Diagnostic for Drawn<'_> {
    fn severity(&self) -> Option<Severity> {
        Some(if self.fault.warning { Severity::Warning } else { Severity::Error })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let also = self.fault.also.as_ref().map(|p| format!("See {p}."));
        match (&self.fault.help, also) {
            (Some(help), Some(also)) => Some(Box::new(format!("{help} {also}"))),
            (Some(help), None) => Some(Box::new(help)),
            (None, Some(also)) => Some(Box::new(also)),
            (None, None) => None,
        }
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|s| s as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.source.as_ref()?;
        let source = self.fault.source.as_ref()?;
        let start = self.fault.span.start as usize;
        // A label over a whole card would draw the whole card: the first line is enough.
        let shown = source.get(start..(self.fault.span.end as usize).max(start))?;
        let len = shown.lines().next().map_or(0, str::len);
        Some(Box::new(std::iter::once(LabeledSpan::new(Some("here".into()), start, len))))
    }
}

/// Whether the line and its neighbours are short enough to be shown: a file can be one line of megabytes.
fn lines_fit(text: &str, at: usize) -> bool {
    let around = at.saturating_sub(LINE_MAX)..(at + LINE_MAX).min(text.len());
    let bytes = text.as_bytes();
    let lines: Vec<usize> = around.clone().filter(|i| bytes.get(*i) == Some(&b'\n')).collect();
    let whole = |edge: bool, count: usize| edge || count >= 2;
    whole(around.start == 0, lines.iter().filter(|i| **i < at).count())
        && whole(around.end == text.len(), lines.iter().filter(|i| **i >= at).count())
}

impl Report {
    /// The report with the line of each fault drawn below it.
    #[must_use]
    pub fn drawn(&self, colour: bool) -> String {
        let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        let handler = GraphicalReportHandler::new_themed(theme).with_links(false).with_width(100).with_context_lines(1);
        let mut out = String::new();
        for fault in self.faults.iter().take(DRAWN_MAX) {
            let fits = |text: &&Arc<str>| lines_fit(text, fault.span.start as usize);
            let source = fault
                .source
                .as_ref()
                .filter(fits)
                .map(|text| NamedSource::new(&*fault.place.file, Excerpt(text.clone())));
            if handler.render_report(&mut out, &Drawn { fault, source }).is_err() {
                out.push_str(&format!("{}: {}\n", fault.place, fault.message));
            }
            out.push('\n');
        }
        for fault in self.faults.iter().skip(DRAWN_MAX) {
            out.push_str(&format!("{}: {}\n", fault.place, fault.message));
        }
        if self.more > 0 {
            out.push_str(&format!("… and {} more faults, which are not listed.\n", self.more));
        }
        out
    }
}
