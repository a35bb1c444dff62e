//! The keyboard: one line at a time, in a thread of its own, so that what others do is shown while somebody types.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use rustyline::error::ReadlineError;
use rustyline::{
    Cmd, ConditionalEventHandler, DefaultEditor, EventContext, EventHandler, ExternalPrinter, KeyEvent, RepeatCount,
};

use crate::out;
use crate::play::session::Waker;
use crate::problem::Problem;

/// What came from the keyboard.
pub(super) enum Typed {
    Line(String),
    /// Ctrl+C in the midst of a line.
    PutAside,
    Leave,
}

/// What is waited for at the prompt.
pub(super) enum Stir {
    Typed(Result<Typed, Problem>),
    /// Something has come from the table.
    News,
}

/// What the keyboard's thread is told.
enum Order {
    /// Read a line that begins like this.
    Read(String),
    Remember(String),
}

pub(super) struct Keyboard {
    orders: Sender<Order>,
    stirs: Receiver<Stir>,
    /// Shows something above the line that is being typed, where the terminal can.
    printer: Option<Box<dyn ExternalPrinter + Send>>,
    /// What was refused comes back to be changed.
    again: String,
    /// What could not be shown above the line.
    held: Vec<String>,
}

/// Notes what stands in the line; Ctrl+C then does what it always does.
struct NoteLine(Arc<Mutex<String>>);

impl ConditionalEventHandler for NoteLine {
    fn handle(&self, _: &rustyline::Event, _: RepeatCount, _: bool, line: &EventContext<'_>) -> Option<Cmd> {
        if let Ok(mut cut_off) = self.0.lock() {
            line.line().clone_into(&mut cut_off);
        }
        None
    }
}

impl Keyboard {
    /// The keyboard of this terminal; at a table with others, what wakes it too.
    pub(super) fn new(waker: Option<&Waker>) -> Result<Self, Problem> {
        let unread = |e: &dyn std::fmt::Display| {
            Problem::Machine(format!("This terminal can't be read from ({e}): try another one."))
        };
        let mut editor = DefaultEditor::new().map_err(|e| unread(&e))?;
        // What stands in the line when Ctrl+C is pressed: nothing typed is lost.
        let cut_off = Arc::<Mutex<String>>::default();
        let note = EventHandler::Conditional(Box::new(NoteLine(Arc::clone(&cut_off))));
        editor.bind_sequence(KeyEvent::ctrl('C'), note);
        let (tell, stirs) = channel();
        let mut printer = None;
        if let Some(waker) = waker {
            let news = tell.clone();
            waker.set(move || {
                let _ = news.send(Stir::News);
            });
            let shows = editor.create_external_printer().ok();
            printer = shows.map(|shows| Box::new(shows) as Box<dyn ExternalPrinter + Send>);
        }
        let (orders, asked) = channel();
        std::thread::Builder::new()
            .name("keyboard".into())
            .spawn(move || serve(editor, &cut_off, &asked, &tell))
            .map_err(|e| unread(&e))?;
        Ok(Self { orders, stirs, printer, again: String::new(), held: Vec::new() })
    }

    /// Begins to read a line.
    pub(super) fn read(&mut self) {
        // Its thread goes only with this.
        let _ = self.orders.send(Order::Read(std::mem::take(&mut self.again)));
    }

    /// What comes next: a line, or something from the table.
    pub(super) fn next(&self) -> Stir {
        self.stirs.recv().unwrap_or(Stir::Typed(Ok(Typed::Leave)))
    }

    /// Shows lines above the one that is being typed; where that can't be done, after it.
    pub(super) fn show(&mut self, lines: &[String]) {
        let folded: Vec<String> = lines.iter().flat_map(|line| out::fold(line)).collect();
        let text = folded.join("\n") + "\n";
        let shown = self.printer.as_mut().is_some_and(|printer| printer.print(text).is_ok());
        if !shown {
            self.held.extend(lines.iter().cloned());
        }
    }

    /// What could not be shown while somebody typed.
    pub(super) fn take_held(&mut self) -> Vec<String> {
        std::mem::take(&mut self.held)
    }

    /// For the up arrow.
    pub(super) fn remember(&self, line: &str) {
        let _ = self.orders.send(Order::Remember(line.to_owned()));
    }

    /// The next line begins like this.
    pub(super) fn begin_with(&mut self, line: &str) {
        line.clone_into(&mut self.again);
    }
}

fn serve(mut editor: DefaultEditor, cut_off: &Mutex<String>, orders: &Receiver<Order>, tell: &Sender<Stir>) {
    while let Ok(order) = orders.recv() {
        match order {
            Order::Remember(line) => {
                let _ = editor.add_history_entry(line);
            }
            Order::Read(begin) => {
                let typed = line(&mut editor, cut_off, &begin);
                if tell.send(Stir::Typed(typed)).is_err() {
                    return;
                }
            }
        }
    }
}

fn line(editor: &mut DefaultEditor, cut_off: &Mutex<String>, begin: &str) -> Result<Typed, Problem> {
    let mut begin = begin;
    loop {
        match editor.readline_with_initial("> ", (begin, "")) {
            Ok(line) => return Ok(Typed::Line(line)),
            Err(ReadlineError::Interrupted) => {
                let line = cut_off.lock().map(|mut line| std::mem::take(&mut *line)).unwrap_or_default();
                if line.trim().is_empty() {
                    return Ok(Typed::Leave);
                }
                let _ = editor.add_history_entry(line);
                return Ok(Typed::PutAside);
            }
            Err(ReadlineError::Eof) => return Ok(Typed::Leave),
            // The window's size changed, or the like.
            Err(ReadlineError::Signal(_)) => begin = "",
            Err(e) => {
                return Err(Problem::Machine(format!(
                    "This terminal can't be read from any more ({e}); everything is kept: start again."
                )));
            }
        }
    }
}
