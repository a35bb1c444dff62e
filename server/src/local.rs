//! An end of a table in the very program that keeps it: the frames of the network, through memory.

use instep_protocol::{Frames, FromClient, FromTable};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::lobby::LobbyInput;
use crate::service::Service;

/// A connection through memory. It ends when this is dropped.
#[derive(Debug)]
pub struct LocalLink {
    says: mpsc::UnboundedSender<FromClient>,
    task: JoinHandle<()>,
}

impl LocalLink {
    /// Connects; what comes in is told, from a task of the service, which must not wait. `None` at the end.
    pub fn open(service: &Service, mut tell: impl FnMut(Option<FromTable>) + Send + 'static) -> Self {
        let (says, mut said) = mpsc::unbounded_channel();
        let door = service.door();
        let task = service.runtime().spawn(async move {
            let (id, outbox) = door.come(None).await;
            let mut frames = Frames::default();
            let mut batch = Vec::new();
            loop {
                tokio::select! {
                    message = said.recv() => match message {
                        Some(message) => door.tell(LobbyInput::Said(id, message)).await,
                        None => break,
                    },
                    () = outbox.wake() => {
                        let ends = outbox.take(&mut batch);
                        for frame in batch.drain(..) {
                            frames.push(&frame);
                            // Both ends are this program: a frame that can't be read can't be written either.
                            while let Ok(Some(message)) = frames.take() {
                                tell(Some(message));
                            }
                        }
                        if ends {
                            break;
                        }
                        if outbox.caught_up() {
                            door.tell(LobbyInput::Drained(id)).await;
                        }
                    }
                }
            }
            outbox.close();
            door.tell(LobbyInput::Gone(id)).await;
            tell(None);
        });
        Self { says, task }
    }

    /// Says something.
    pub fn say(&self, message: FromClient) {
        let _ = self.says.send(message);
    }

    /// Whether the other end has gone.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.task.is_finished()
    }
}
