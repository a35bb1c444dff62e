//! Sounds: embedded, played at the volume of the settings, and silent where there is nothing to play them on.

use std::collections::HashMap;

use bevy::audio::{AudioPlayer, AudioSource, PlaybackSettings, Volume};
use bevy::prelude::{App, Assets, Commands, Handle, Resource};
use include_dir::{Dir, include_dir};
use instep_ui::{Settings, Sound};

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../assets/sounds");

/// The sounds that can be played.
#[derive(Resource)]
pub(super) struct Sounds(HashMap<Sound, Handle<AudioSource>>);

/// Makes the sounds ready, where there is sound at all.
pub(super) fn prepare(app: &mut App) {
    let Some(mut sources) = app.world_mut().get_resource_mut::<Assets<AudioSource>>() else { return };
    let mut sounds = HashMap::new();
    for sound in Sound::ALL {
        if let Some(file) = FILES.get_file(format!("{}.wav", sound.file())) {
            sounds.insert(sound, sources.add(AudioSource { bytes: file.contents().into() }));
        }
    }
    app.insert_resource(Sounds(sounds));
}

/// Plays a sound.
pub(super) fn play(sound: Sound, settings: &Settings, sounds: Option<&Sounds>, commands: &mut Commands<'_, '_>) {
    let volume = settings.volumes.of(sound.kind());
    if let Some(handle) = sounds.and_then(|sounds| sounds.0.get(&sound))
        && volume > 0.0
    {
        let how = PlaybackSettings::DESPAWN.with_volume(Volume::Linear(volume));
        commands.spawn((AudioPlayer::new(handle.clone()), how));
    }
}

/// Whether there may be something to play on. On Linux the sound library complains on standard error, many lines
/// long, where there is nothing; so it is not asked.
pub(super) fn may_be_heard() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    let device = || {
        let found = std::fs::read_dir("/dev/snd").into_iter().flatten().flatten();
        // Such as pcmC0D0p: a device that plays.
        found.filter_map(|entry| entry.file_name().into_string().ok()).any(|n| n.starts_with("pcm") && n.ends_with('p'))
    };
    let server = || {
        let run = std::env::var_os("XDG_RUNTIME_DIR").map(std::path::PathBuf::from);
        let socket = |name| run.as_ref().is_some_and(|run| run.join(name).exists());
        std::env::var_os("PULSE_SERVER").is_some() || socket("pulse/native") || socket("pipewire-0")
    };
    device() || server()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sound_is_there_and_is_a_wav() {
        for sound in Sound::ALL {
            let name = format!("{}.wav", sound.file());
            let bytes = FILES.get_file(&name).map(include_dir::File::contents).unwrap_or_default();
            assert!(bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WAVE"), "{name}");
        }
    }
}
