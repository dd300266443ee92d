//! One field of an entity type: its type, its rules and its default.

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// Text of at most so many characters.
    Text(usize),
    Email,
    Moment,
    /// A moment whose seconds are cut off.
    Minute,
    Flag,
    /// A number with a fraction: money in kopecks, a quantity, a percentage.
    Number,
    Whole,
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// A reference to an object of one of these types.
    Link(&'static [&'static str]),
    State,
    PriceType,
    /// Groups of a counterparty: a set of words.
    Words,
    /// An address as one line; the named field holds its parts.
    Address {
        parts: &'static str,
    },
    Rate,
    /// Kept as it was sent.
    Json,
}

/// When a field must be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    Optional,
    OnCreate,
    Always,
}

/// Which filter operators a field has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operators {
    None,
    /// `=` and `!=`.
    Equality,
    /// `=`, `!=` and the four comparisons.
    Comparison,
    /// `=`, `!=`, contains, begins, ends.
    Text,
}

/// What a field holds when nobody said.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Preset {
    None,
    /// A value that every object shows until another is stored.
    Flag(bool),
    Number(f64),
    Whole(i64),
    Text(&'static str),
    EmptyList,
    /// The moment of the creation.
    Now,
    /// The employee who creates.
    Author,
    /// The group of the employee who creates.
    AuthorGroup,
    ExternalCode,
    AccountCurrency,
    FirstState,
}

/// One field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) need: Need,
    pub(crate) read_only: bool,
    pub(crate) operators: Operators,
    pub(crate) sortable: bool,
    pub(crate) preset: Preset,
}

impl Field {
    pub(crate) const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            need: Need::Optional,
            read_only: false,
            operators: Operators::None,
            sortable: false,
            preset: Preset::None,
        }
    }

    /// A text of the usual 255 characters.
    pub(crate) const fn text(name: &'static str) -> Self {
        Self::new(name, Kind::Text(255))
    }

    pub(crate) const fn flag(name: &'static str, preset: bool) -> Self {
        Self::new(name, Kind::Flag).preset(Preset::Flag(preset))
    }

    pub(crate) const fn number(name: &'static str, preset: f64) -> Self {
        Self::new(name, Kind::Number).preset(Preset::Number(preset))
    }

    pub(crate) const fn link(name: &'static str, types: &'static [&'static str]) -> Self {
        Self::new(name, Kind::Link(types)).filtered(Operators::Equality)
    }

    pub(crate) const fn required(mut self) -> Self {
        self.need = Need::OnCreate;
        self
    }

    pub(crate) const fn always_required(mut self) -> Self {
        self.need = Need::Always;
        self
    }

    pub(crate) const fn read_only(mut self) -> Self {
        self.read_only = true;
        self
    }

    pub(crate) const fn filtered(mut self, operators: Operators) -> Self {
        self.operators = operators;
        self
    }

    pub(crate) const fn sorted(mut self) -> Self {
        self.sortable = true;
        self
    }

    pub(crate) const fn preset(mut self, preset: Preset) -> Self {
        self.preset = preset;
        self
    }
}
