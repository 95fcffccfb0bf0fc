//! Who may open a page: said in `PAGES`, kept by the door before any page is made.

use actix_web::http::Method;

use crate::domain::{access::Role, person::Person};

/// Who may do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// Everybody, signed in or not.
    Anyone,
    /// People with this role or more, and operators.
    Person(Role),
    /// Operators alone.
    Operator,
}

pub(super) const ANYONE: Who = Who::Anyone;
pub(super) const VIEWER: Who = Who::Person(Role::Viewer);
pub(super) const STAFF: Who = Who::Person(Role::Staff);
pub(super) const MANAGER: Who = Who::Person(Role::Manager);
pub(super) const OWNER: Who = Who::Person(Role::Owner);
pub(super) const OPERATOR: Who = Who::Operator;

/// What a page asks of whoever opens it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Access {
    /// Who may read.
    reads: Who,
    /// Who may send its forms.
    writes: Who,
    /// Whether a PIN at an approved device is enough; elsewhere it takes a password.
    pin_is_enough: bool,
}

/// Who may read, and who may send forms.
pub(super) const fn by(reads: Who, writes: Who) -> Access {
    Access { reads, writes, pin_is_enough: false }
}

impl Access {
    /// The same where a PIN at an approved device is enough.
    pub(super) const fn at_the_till(self) -> Self {
        Self { pin_is_enough: true, ..self }
    }

    /// Who may come with this method.
    pub(super) fn of(self, method: &Method) -> Who {
        if is_read(method) { self.reads } else { self.writes }
    }

    /// Whether somebody who came by a PIN may come here.
    pub(super) fn takes_pins(self) -> bool {
        self.pin_is_enough
    }
}

impl Who {
    /// Whether somebody may.
    pub(super) fn includes(self, person: &Person) -> bool {
        match self {
            Self::Anyone => true,
            Self::Person(role) => person.may(role),
            Self::Operator => person.is_operator(),
        }
    }
}

/// Whether a method only reads.
pub(super) fn is_read(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}
