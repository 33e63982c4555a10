//! `/api/v1`: what other programs may ask and do.

mod desk;
mod guide;
mod layer;
mod lookups;
mod me;
mod parts;
mod people;
mod renewals;
mod tags;
mod tasks;

use crate::exchange::rules::{
    CareJson, ConsentJson, ContactsJson, FinderJson, IdentityJson, MedicalJson,
};
use crate::front::{Access, Doors};
use crate::scope::Right;

const SEARCH: Access = Access::Needs(Right::Search);
const READ: Access = Access::Needs(Right::ReadPeople);
const EDIT: Access = Access::Needs(Right::EditPeople);
const DESK: Access = Access::Needs(Right::Desk);
const LOOKUP: Access = Access::Needs(Right::PartnerLookup);
const TAGS: Access = Access::Needs(Right::BindTags);
const WORK: Access = Access::NeedsAny(&[Right::Tasks, Right::Desk]);

pub use layer::speak;

/// The doors for programs.
pub fn doors(doors: Doors) -> Doors {
    doors
        .get("/api/v1", Access::Public, guide::page)
        .get("/api/v1/openapi.json", Access::Public, guide::document)
        .api("GET", "/api/v1/me", Access::SignedIn, me::show)
        .room(people_doors)
        .room(desk_doors)
        .api("POST", "/api/v1/lookups", LOOKUP, lookups::ask)
        .api("GET", "/api/v1/lookups/{inquiry}", LOOKUP, lookups::read)
        .room(tag_doors)
        .room(renewal_doors)
        .room(task_doors)
}

fn desk_doors(doors: Doors) -> Doors {
    const ONE: &str = "/api/v1/desk/inquiries/{inquiry}";
    doors
        .api("POST", "/api/v1/desk/inquiries", DESK, desk::open)
        .api("GET", ONE, DESK, desk::read)
        .api(
            "POST",
            "/api/v1/desk/inquiries/{inquiry}/disclosures",
            DESK,
            desk::disclose,
        )
        .api(
            "POST",
            "/api/v1/desk/inquiries/{inquiry}/notes",
            DESK,
            desk::note,
        )
        .api(
            "POST",
            "/api/v1/desk/inquiries/{inquiry}/ending",
            DESK,
            desk::close,
        )
}

fn tag_doors(doors: Doors) -> Doors {
    doors
        .api("GET", "/api/v1/people/{person}/tags", TAGS, tags::list)
        .api("POST", "/api/v1/people/{person}/tags", TAGS, tags::bind)
        .api("GET", "/api/v1/tags/{tag}", TAGS, tags::read)
        .api("POST", "/api/v1/tags/{tag}/loss", TAGS, tags::lose)
        .api("POST", "/api/v1/tags/{tag}/finding", TAGS, tags::find_again)
        .api("POST", "/api/v1/tags/{tag}/return", TAGS, tags::give_back)
        .api("POST", "/api/v1/tags/{tag}/void", TAGS, tags::void)
}

fn renewal_doors(doors: Doors) -> Doors {
    const OF_PERSON: &str = "/api/v1/people/{person}/renewals";
    const ASKING: &str = "/api/v1/people/{person}/renewals/asking";
    const WALK: &str = "/api/v1/people/{person}/renewals/walk";
    const ENDING: &str = "/api/v1/people/{person}/renewals/ending";
    doors
        .api("POST", "/api/v1/renewals/search", READ, renewals::list)
        .api("GET", OF_PERSON, READ, renewals::read)
        .api("POST", ASKING, EDIT, renewals::ask)
        .api("POST", WALK, EDIT, renewals::walk)
        .api("POST", ENDING, EDIT, renewals::finish)
}

fn task_doors(doors: Doors) -> Doors {
    doors
        .api("GET", "/api/v1/tasks", WORK, tasks::list)
        .api("GET", "/api/v1/tasks/{task}", WORK, tasks::read)
        .api("POST", "/api/v1/tasks/{task}/take", WORK, tasks::take)
        .api("POST", "/api/v1/tasks/{task}/done", WORK, tasks::finish)
        .api("POST", "/api/v1/tasks/{task}/move", WORK, tasks::move_to)
}

fn people_doors(doors: Doors) -> Doors {
    macro_rules! groups {
        ($doors:expr, $($path:literal $json:ty),* $(,)?) => {
            $doors$(
                .api("GET", $path, READ, people::read_group::<$json>)
                .api("PUT", $path, EDIT, people::write_group::<$json>)
            )*
        };
    }
    let doors = doors
        .api("POST", "/api/v1/people", EDIT, people::register)
        .api("POST", "/api/v1/people/search", SEARCH, people::find)
        .api("GET", "/api/v1/people/{person}", READ, people::read)
        .api(
            "POST",
            "/api/v1/people/{person}/openings",
            READ,
            people::open,
        );
    groups!(
        doors,
        "/api/v1/people/{person}/identity" IdentityJson,
        "/api/v1/people/{person}/contacts" ContactsJson,
        "/api/v1/people/{person}/medical" MedicalJson,
        "/api/v1/people/{person}/care" CareJson,
        "/api/v1/people/{person}/finder" FinderJson,
        "/api/v1/people/{person}/consent" ConsentJson,
    )
}
