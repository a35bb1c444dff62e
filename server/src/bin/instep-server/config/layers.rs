//! The layers: a flag before the environment before the file before the default.

use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::settings::{SETTINGS, find};
use crate::problem::Problem;

/// Where a value comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Source {
    Flag,
    Environment,
    File { file: PathBuf, line: usize },
    Default,
}

/// What somebody wrote for a setting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Written {
    pub(crate) texts: Vec<String>,
    pub(crate) source: Source,
}

/// What was written for each of [`SETTINGS`], in their order.
#[derive(Clone, Debug)]
pub(crate) struct Layers(Vec<Option<Written>>);

impl Default for Layers {
    fn default() -> Self {
        Self(vec![None; SETTINGS.len()])
    }
}

/// The flags of all settings but the data folder, which every command has.
impl clap::Args for Layers {
    fn augment_args(command: Command) -> Command {
        SETTINGS.iter().fold(command, |command, setting| {
            let help = setting
                .default
                .map_or_else(|| setting.help.to_owned(), |default| format!("{} [default: {default}]", setting.help));
            let action = if setting.many { ArgAction::Append } else { ArgAction::Set };
            let arg = Arg::new(setting.key)
                .long(setting.key)
                .value_name(setting.value)
                .action(action)
                .help(help.replace('\n', " "))
                .help_heading(setting.heading)
                .env(setting.variable())
                // The pass would be among them.
                .hide_env_values(true)
                .global(setting.key == "data");
            command.arg(if setting.many { arg.value_delimiter(',') } else { arg })
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl clap::FromArgMatches for Layers {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let written = |key: &str| {
            let source = match matches.value_source(key) {
                Some(ValueSource::CommandLine) => Source::Flag,
                Some(ValueSource::EnvVariable) => Source::Environment,
                _ => return None,
            };
            let texts = matches.get_many::<String>(key).into_iter().flatten();
            let texts: Vec<String> = texts.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect();
            // A variable that is there and empty is how many a tool says that it is not there.
            (source == Source::Flag || !texts.is_empty()).then_some(Written { texts, source })
        };
        Ok(Self(SETTINGS.iter().map(|setting| written(setting.key)).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Layers {
    /// What was written for a setting; its default where nothing was.
    pub(crate) fn get(&self, key: &str) -> Option<Written> {
        let at = find(key)?;
        let default = || {
            let text = SETTINGS[at].default?.to_owned();
            Some(Written { texts: vec![text], source: Source::Default })
        };
        self.0[at].clone().or_else(default)
    }

    /// With what stands in a file, for what was not written before it.
    pub(crate) fn under_which(mut self, file: &Path) -> Result<Self, Problem> {
        let text = std::fs::read_to_string(file).map_err(|e| {
            Problem::Call(format!(
                "{} can't be read ({e}): check the name that --config says and who may read it.",
                file.display()
            ))
        })?;
        let from_file = read(&text, file)?;
        for (own, below) in self.0.iter_mut().zip(from_file.0) {
            if own.is_none() {
                *own = below;
            }
        }
        Ok(self)
    }
}

/// How a setting is named in a sentence about its value.
pub(crate) fn named(key: &str, source: &Source) -> String {
    match source {
        Source::Flag | Source::Default => format!("--{key}"),
        Source::Environment => find(key).map_or_else(String::new, |at| SETTINGS[at].variable()),
        Source::File { file, line } => format!("{}, line {line}: {key}", file.display()),
    }
}

/// What a file sets.
fn read(text: &str, file: &Path) -> Result<Layers, Problem> {
    let line_of = |at: usize| text.as_bytes()[..at.min(text.len())].iter().filter(|b| **b == b'\n').count() + 1;
    let wrong = |at: usize, what: String| Problem::Call(format!("{}, line {}: {what}.", file.display(), line_of(at)));
    let document = toml::de::DeTable::parse(text).map_err(|e| {
        wrong(e.span().map_or(0, |span| span.start), format!("this is no TOML: {}", e.message().trim_end_matches('.')))
    })?;
    let mut layers = Layers::default();
    for (key, value) in document.get_ref() {
        let at = key.span().start;
        let Some(setting) = find(key.get_ref()) else { return Err(wrong(at, unknown(key.get_ref()))) };
        let scalar = |value: &toml::de::DeValue<'_>| match value {
            toml::de::DeValue::String(text) => Some(text.to_string()),
            toml::de::DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str().to_owned()),
            _ => None,
        };
        let texts = match value.get_ref() {
            toml::de::DeValue::Array(items) if SETTINGS[setting].many => {
                items.iter().map(|item| scalar(item.get_ref())).collect()
            }
            value => scalar(value).map(|text| vec![text]),
        };
        let Some(texts) = texts else {
            let wanted = match (SETTINGS[setting].many, SETTINGS[setting].is_text()) {
                (true, _) => "text in quotes, or a list of such texts in square brackets",
                (false, true) => "text in quotes",
                (false, false) => "a whole number",
            };
            return Err(wrong(at, format!("{} wants {wanted}, and this is {}", key.get_ref(), kind(value.get_ref()))));
        };
        let source = Source::File { file: file.to_owned(), line: line_of(at) };
        layers.0[setting] = Some(Written { texts, source });
    }
    Ok(layers)
}

fn kind(value: &toml::de::DeValue<'_>) -> &'static str {
    use toml::de::DeValue as V;
    match value {
        V::String(_) => "text",
        V::Integer(_) => "a number of another form",
        V::Float(_) => "a number with a point",
        V::Boolean(_) => "true or false",
        V::Datetime(_) => "a date",
        V::Array(_) => "a list",
        V::Table(_) => "a table of other settings",
    }
}

fn unknown(key: &str) -> String {
    let nearest = SETTINGS
        .iter()
        .map(|s| (strsim::damerau_levenshtein(&key.replace('_', "-"), s.key), s.key))
        .filter(|(distance, known)| *distance <= known.len() / 3)
        .min();
    match nearest {
        Some((_, known)) => format!("there is no setting \"{key}\", but there is \"{known}\""),
        None => format!("there is no setting \"{key}\": `instep-server --print-config` shows all there are"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        read(text, Path::new("f.toml")).expect_err("it is refused").to_string()
    }

    #[test]
    fn a_file_is_read_and_what_is_wrong_in_it_is_named_with_its_line() {
        let layers = read("retention-days = 7\nlisten = [\"127.0.0.1:1\", \"[::1]:2\"]\n", Path::new("f.toml"));
        let layers = layers.expect("a good file");
        let listen = layers.get("listen").expect("it is set");
        assert_eq!(listen.texts, ["127.0.0.1:1", "[::1]:2"]);
        assert_eq!(listen.source, Source::File { file: "f.toml".into(), line: 2 });
        assert_eq!(layers.get("retention-days").expect("it is set").texts, ["7"]);
        assert_eq!(layers.get("max-tables").expect("its default").source, Source::Default);

        for (text, sentence) in [
            (
                "# one\nretention = 7",
                "f.toml, line 2: there is no setting \"retention\": `instep-server --print-config` shows all there are.",
            ),
            (
                "\n\nretention_days = 7",
                "f.toml, line 3: there is no setting \"retention_days\", but there is \"retention-days\".",
            ),
            (
                "[listen]\na = 1",
                "f.toml, line 1: listen wants text in quotes, or a list of such texts in square brackets, and this is a table of other settings.",
            ),
            ("retention-days = [1]", "f.toml, line 1: retention-days wants a whole number, and this is a list."),
            ("log = true", "f.toml, line 1: log wants text in quotes, and this is true or false."),
        ] {
            assert_eq!(refused(text), sentence);
        }
        assert!(
            refused("# one\nlog = \"text").starts_with("f.toml, line 2: this is no TOML: "),
            "{}",
            refused("# one\nlog = \"text")
        );
    }
}
