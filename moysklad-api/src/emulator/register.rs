//! Custom fields (дополнительные поля) and states (статусы) of each type, as defined.

use std::collections::BTreeMap;
use std::fmt;

use uuid::Uuid;

use super::dictionaries::ELEMENT;

/// The definitions of all types.
#[derive(Debug, Default)]
pub(crate) struct Registers {
    attributes: BTreeMap<Register, Vec<Definition>>,
    states: BTreeMap<&'static str, Vec<State>>,
    /// What sets variants (модификации) apart, as far as it was defined beforehand: id and name.
    pub(crate) characteristics: Vec<(Uuid, String)>,
}

/// Whose custom fields (дополнительные поля) a list of definitions holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Register {
    /// Those of a type, and of the types that share its fields.
    Type(&'static str),
    /// Those of the elements of one custom dictionary (пользовательский справочник).
    Dictionary(Uuid),
}

impl fmt::Display for Register {
    /// The part of the address that names it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type(keyword) => f.write_str(keyword),
            Self::Dictionary(id) => write!(f, "{ELEMENT}/{id}"),
        }
    }
}

/// A custom field (дополнительное поле).
#[derive(Clone, Debug)]
pub(crate) struct Definition {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) kind: AttributeKind,
    pub(crate) required: bool,
    pub(crate) show: bool,
    pub(crate) description: Option<String>,
}

/// What a custom field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AttributeKind {
    String,
    Text,
    Long,
    Double,
    Time,
    Boolean,
    Link,
    File,
    /// An element of this custom dictionary (пользовательский справочник).
    Element(Uuid),
    /// A reference to an object of this type.
    Reference(&'static str),
}

impl AttributeKind {
    /// Every kind; that of a dictionary stands for all of them.
    pub(crate) const ALL: [Self; 15] = [
        Self::String,
        Self::Text,
        Self::Long,
        Self::Double,
        Self::Time,
        Self::Boolean,
        Self::Link,
        Self::File,
        Self::Element(Uuid::nil()),
        Self::Reference("contract"),
        Self::Reference("counterparty"),
        Self::Reference("project"),
        Self::Reference("store"),
        Self::Reference("employee"),
        Self::Reference("product"),
    ];

    /// The service's word.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Text => "text",
            Self::Long => "long",
            Self::Double => "double",
            Self::Time => "time",
            Self::Boolean => "boolean",
            Self::Link => "link",
            Self::File => "file",
            Self::Element(_) => "customentity",
            Self::Reference(keyword) => keyword,
        }
    }
}

/// A state (статус).
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) color: i64,
    pub(crate) finality: StateType,
}

/// Whether a state ends the work on an object, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StateType {
    Regular,
    Successful,
    Unsuccessful,
}

impl StateType {
    pub(crate) const WORDS: [&str; 3] = ["Regular", "Successful", "Unsuccessful"];

    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Regular => "Regular",
            Self::Successful => "Successful",
            Self::Unsuccessful => "Unsuccessful",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Self::Regular, Self::Successful, Self::Unsuccessful]
            .into_iter()
            .find(|finality| finality.word() == word)
    }
}

impl Registers {
    pub(crate) fn attributes(&self, register: Register) -> &[Definition] {
        self.attributes.get(&register).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn attributes_mut(&mut self, register: Register) -> &mut Vec<Definition> {
        self.attributes.entry(register).or_default()
    }

    pub(crate) fn attribute(&self, register: Register, id: Uuid) -> Option<&Definition> {
        self.attributes(register)
            .iter()
            .find(|definition| definition.id == id)
    }

    /// The register that holds a definition, whichever it is.
    pub(crate) fn register_of(&self, id: Uuid) -> Option<Register> {
        self.attributes
            .iter()
            .find(|(_, definitions)| definitions.iter().any(|definition| definition.id == id))
            .map(|(register, _)| *register)
    }

    /// Forgets the custom fields of a dictionary that is gone.
    pub(crate) fn forget(&mut self, register: Register) {
        self.attributes.remove(&register);
    }

    /// Whether any custom field is of this kind.
    pub(crate) fn uses(&self, kind: AttributeKind) -> bool {
        self.attributes
            .values()
            .flatten()
            .any(|known| known.kind == kind)
    }

    pub(crate) fn states(&self, owner: &str) -> &[State] {
        self.states.get(owner).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn states_mut(&mut self, owner: &'static str) -> &mut Vec<State> {
        self.states.entry(owner).or_default()
    }

    pub(crate) fn state(&self, owner: &str, id: Uuid) -> Option<&State> {
        self.states(owner).iter().find(|state| state.id == id)
    }

    /// Whether any type has a state of this id.
    pub(crate) fn knows_state(&self, id: Uuid) -> bool {
        self.states.values().flatten().any(|state| state.id == id)
    }
}
