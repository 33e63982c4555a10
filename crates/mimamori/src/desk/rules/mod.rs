//! Callers, tiers, what may be said to whom, how an inquiry ends: types and decisions.

mod aloud;
mod caller;
mod consent;
mod guessing;
mod inquiry;
mod mail;
mod refusal;
mod second;
mod step;
mod story;
mod tier;

pub use aloud::{Spoken, aloud, care_lines, medical_lines};
pub use caller::{Caller, CallerKind, Verified};
pub use consent::{Consented, Naming, without_consent};
pub use guessing::{TryKind, Window};
pub use inquiry::{Came, Ending, Holder, Inquiry, State, due};
pub use mail::{Mail, MailState, next_try, words_for};
pub use refusal::Refusal;
pub use second::SecondThing;
pub use step::{CALL_OUTCOMES, CallOutcome, Said, Step, StepKind};
pub use story::{Teller, story, title};
pub use tier::{Tier, Told};

/// Makes an enum with `ALL`, `code`, `word`, `from_code`.
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident $code:literal $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// Every one, in the order in which pages list them.
            pub const ALL: &[$name] = &[$($name::$variant),*];

            /// The code that is kept.
            pub const fn code(self) -> &'static str {
                match self { $($name::$variant => $code),* }
            }

            /// The word that is shown.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }

            /// The one with this code.
            pub fn from_code(code: &str) -> Option<$name> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}
pub(crate) use coded;
