//! Enums that are kept as a code and shown as a word.

/// Makes an enum with `ALL`, `code`, `word`, `from_code`; JSON holds the code.
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident $code:literal $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(into = "&'static str", try_from = "String")]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// Every one, in the order in which forms list them.
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

        impl From<$name> for &'static str {
            fn from(one: $name) -> &'static str {
                one.code()
            }
        }

        impl TryFrom<String> for $name {
            type Error = &'static str;
            fn try_from(code: String) -> Result<$name, &'static str> {
                $name::from_code(&code).ok_or(concat!("no such ", stringify!($name)))
            }
        }
    };
}

/// `Debug` that names the type and shows nothing of the person.
macro_rules! redacted {
    ($($name:ident),* $(,)?) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )*};
}

pub(crate) use {coded, redacted};
