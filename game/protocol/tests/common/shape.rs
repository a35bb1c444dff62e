//! The shapes of types as serde tells them: what a type is made of, in which order, under which names.
//!
//! A deserializer that makes up what it is asked for sees all that there is to see; so a variant that is added is seen
//! without anybody having to name it here.

use std::collections::BTreeMap;

use serde::de::value::Error;
use serde::de::{DeserializeOwned, DeserializeSeed, EnumAccess, IntoDeserializer, SeqAccess, VariantAccess, Visitor};
use serde::{Deserializer, forward_to_deserialize_any};

/// A field's name, which those of tuples lack, and its type.
pub type Field = (Option<String>, String);

/// What a type is made of. Types are written as `docs/protocol.md` does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shape {
    /// Fields, in order; a wrapper has one without a name.
    Struct(Vec<Field>),
    /// Variants, in order.
    Enum(Vec<Variant>),
}

/// A variant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub fields: Vec<Field>,
}

/// Shapes, by type.
pub type Shapes = BTreeMap<String, Shape>;

/// The shapes of a type and of everything that it is made of.
pub fn trace<T: DeserializeOwned>(shapes: &mut Shapes) {
    let mut tracer = Tracer::default();
    for _ in 0..1_000_000 {
        T::deserialize(&mut tracer).expect("whatever is asked for is made up");
        if tracer.enums.values().all(|e| e.variants.iter().all(Option::is_some)) {
            for (name, shape) in tracer.finish() {
                let before = shapes.insert(name.clone(), shape.clone());
                assert!(before.is_none_or(|before| before == shape), "there are two types that are called {name}");
            }
            return;
        }
    }
    panic!("some variants are never reached: {:?}", tracer.enums);
}

#[derive(Default, Debug)]
struct Seen {
    names: &'static [&'static str],
    variants: Vec<Option<Vec<Field>>>,
    times: usize,
}

#[derive(Default)]
struct Tracer {
    structs: BTreeMap<&'static str, Vec<Field>>,
    enums: BTreeMap<&'static str, Seen>,
    /// The type that was asked for last.
    told: String,
}

impl Tracer {
    fn finish(self) -> Shapes {
        let structs = self.structs.into_iter().map(|(name, fields)| (name.to_owned(), Shape::Struct(fields)));
        let enums = self.enums.into_iter().map(|(name, seen)| {
            let variants = seen.names.iter().zip(seen.variants);
            let variant = |(name, fields): (&&str, Option<_>)| Variant {
                name: (*name).to_owned(),
                fields: fields.unwrap_or_default(),
            };
            (name.to_owned(), Shape::Enum(variants.map(variant).collect()))
        });
        structs.chain(enums).collect()
    }
}

macro_rules! plain {
    ($($ask:ident $visit:ident $name:literal $value:expr;)*) => {$(
        fn $ask<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.told = $name.to_owned();
            visitor.$visit($value)
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Tracer {
    type Error = Error;

    plain! {
        deserialize_bool visit_bool "bool" false;
        deserialize_u8 visit_u8 "u8" 0;
        deserialize_u16 visit_u16 "u16" 0;
        deserialize_u32 visit_u32 "u32" 0;
        deserialize_u64 visit_u64 "u64" 0;
        deserialize_str visit_str "str" "";
        deserialize_string visit_str "str" "";
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        panic!("the page has no word for a type that stands after {}", self.told)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let value = visitor.visit_some(&mut *self)?;
        self.told.push('?');
        Ok(value)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let value = visitor.visit_seq(Fields::of(self, &[], 1))?;
        self.told = format!("[{}]", self.told);
        Ok(value)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Error> {
        let mut fields = Fields::of(self, &[], len);
        let value = visitor.visit_seq(&mut fields)?;
        let types: Vec<String> = fields.fields.into_iter().map(|(_, told)| told).collect();
        let same = types.windows(2).all(|two| two[0] == two[1]);
        self.told = if same { format!("{}[{len}]", types[0]) } else { format!("({})", types.join(", ")) };
        Ok(value)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        let value = visitor.visit_newtype_struct(&mut *self)?;
        let told = std::mem::replace(&mut self.told, name.to_owned());
        self.structs.insert(name, vec![(None, told)]);
        Ok(value)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let mut fields = Fields::of(self, names, names.len());
        let value = visitor.visit_seq(&mut fields)?;
        let fields = fields.fields;
        self.told = name.to_owned();
        self.structs.insert(name, fields);
        Ok(value)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let seen = self.enums.entry(name).or_default();
        seen.names = names;
        seen.variants.resize(names.len(), None);
        seen.times += 1;
        // One that is new, else one after the other, so that what is within them is reached as well.
        let at = seen.variants.iter().position(Option::is_none).unwrap_or(seen.times % names.len());
        let mut fields = Vec::new();
        let value = visitor.visit_enum(Chosen { tracer: self, at: at as u32, fields: &mut fields })?;
        if let Some(seen) = self.enums.get_mut(name) {
            seen.variants[at] = Some(fields);
        }
        self.told = name.to_owned();
        Ok(value)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u128 f32 f64 char bytes byte_buf unit unit_struct tuple_struct map identifier ignored_any
    }
}

/// So many fields of something, with these names.
struct Fields<'a> {
    tracer: &'a mut Tracer,
    names: &'static [&'static str],
    len: usize,
    fields: Vec<Field>,
}

impl<'a> Fields<'a> {
    fn of(tracer: &'a mut Tracer, names: &'static [&'static str], len: usize) -> Self {
        Self { tracer, names, len, fields: Vec::new() }
    }
}

impl<'de> SeqAccess<'de> for Fields<'_> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        if self.fields.len() == self.len {
            return Ok(None);
        }
        let value = seed.deserialize(&mut *self.tracer)?;
        let name = self.names.get(self.fields.len()).map(|name| (*name).to_owned());
        self.fields.push((name, self.tracer.told.clone()));
        Ok(Some(value))
    }
}

/// One variant of an enum.
struct Chosen<'a> {
    tracer: &'a mut Tracer,
    at: u32,
    fields: &'a mut Vec<Field>,
}

impl<'de> EnumAccess<'de> for Chosen<'_> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Error> {
        Ok((seed.deserialize(IntoDeserializer::<Error>::into_deserializer(self.at))?, self))
    }
}

impl<'de> VariantAccess<'de> for Chosen<'_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Error> {
        let value = seed.deserialize(&mut *self.tracer)?;
        self.fields.push((None, self.tracer.told.clone()));
        Ok(value)
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Error> {
        let mut fields = Fields::of(self.tracer, &[], len);
        let value = visitor.visit_seq(&mut fields)?;
        *self.fields = fields.fields;
        Ok(value)
    }

    fn struct_variant<V: Visitor<'de>>(self, names: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        let mut fields = Fields::of(self.tracer, names, names.len());
        let value = visitor.visit_seq(&mut fields)?;
        *self.fields = fields.fields;
        Ok(value)
    }
}
