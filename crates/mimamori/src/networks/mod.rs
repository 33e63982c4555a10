//! Networks: a town's watch-over network, its centers, areas, hours, settings, keys.
//!
//! Leans on: audit.
//!
//! Promises:
//! - keys of a town are opened only through [`Vault`];
//! - an address leads to the center of its 町丁目, else of its 町, else of its postcode, else of the only
//!   center whose line is that 町丁目 written otherwise (`tests/house/networks.rs`);
//! - public holidays are those of the Cabinet Office (`rules/holidays.rs`).

mod acts;
mod pages;
mod rules;
mod store;
mod vault;

pub use acts::{
    CenterCard, Closed, Refusal, add_center, add_organisation, begin_rotation, bring_center_in,
    bring_organisation_in, change_center, change_organisation, change_town, change_words,
    close_center, draw_areas, found, retire_key, set_day, set_week, unset_day,
};
pub use pages::{Side, doors, page as settings_page};
pub use rules::{
    Area, AreaFault, AreaKind, Calendar, Center, Hit, IDLE_MINUTES, LEGAL_BASES, Lines, NewTown,
    ORGANISATION_KINDS, Opening, Operator, Organisation, OrganisationKind, SecondFactor, Span,
    SpecialDay, TEXTS, Text, Town, TownCard, WEEKDAYS, Week, holiday_name, is_short,
};
pub use store::{
    PhoneNow, Words, calendar_of, center_for, find_center, find_move, find_organisation, find_town,
    find_town_by_short, find_words, is_open, key_made_at, list_areas, list_centers,
    list_organisations, list_towns, next_working_day, phone_now, put_move, read_lines, words_of,
};
pub(crate) use vault::BELIEVED;
pub use vault::{Vault, VaultError};
