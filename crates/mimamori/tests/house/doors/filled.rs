//! What stands in the place of each `{id}` of a path.

use super::Ids;

/// The path with its ids filled in, and whether one of them belongs to a town.
pub fn fill(path: &str, ids: &Ids) -> (String, bool) {
    let of_a_town = [
        ("{center}", ids.center.to_string()),
        ("{organisation}", ids.organisation.to_string()),
        ("{staff}", ids.staff.to_string()),
        ("{system}", ids.system.to_string()),
        ("{case}", ids.case.to_string()),
        ("{handover}", ids.handover.to_string()),
        ("{person}", ids.person.to_string()),
        ("{other}", ids.other.to_string()),
        ("{merge}", ids.merge.to_string()),
        ("{inquiry}", ids.inquiry.to_string()),
        ("{task}", ids.task.to_string()),
        ("{run}", ids.run.to_string()),
        ("{brought}", ids.run.to_string()),
        ("{batch}", ids.batch.to_string()),
        ("{print}", ids.print.to_string()),
        ("{tag}", ids.tag.to_string()),
        ("{carrier}", ids.carrier.to_string()),
        ("{leaving}", ids.leaving.to_string()),
        ("{checklist}", ids.paths.checklist.to_string()),
        ("{view}", ids.view.to_string()),
        ("{notice}", ids.notice.to_string()),
        ("{agreement}", ids.agreement.to_string()),
        ("{consultation}", ids.talk.consultation.to_string()),
        ("{stranger}", ids.talk.stranger.to_string()),
        ("{path}", ids.paths.path.to_string()),
        ("{plan}", ids.paths.plan.to_string()),
        ("{referral}", ids.paths.referral.to_string()),
    ];
    let of_a_town: Vec<_> = of_a_town.into_iter().chain(of_station(ids)).collect();
    let of_nobody = [
        ("{name}", "none.css"),
        ("{day}", "2026-12-29"),
        ("{text}", "basis.life"),
        ("{sign}", "post"),
        ("{short}", "minami"),
        ("{token}", "x"),
        ("{session}", "0"),
        ("{version}", "1"),
        ("{contact}", "0"),
        ("{term}", "died"),
        ("{secret}", "x"),
        ("{key}", "0000000000000001"),
        ("{row}", "0000000000000001"),
        ("{kind}", "Patient"),
        ("{number}", "1"),
        ("{topic}", "3"),
    ];
    let owned = of_a_town.iter().any(|(name, _)| path.contains(name));
    let path = of_a_town
        .iter()
        .fold(path.to_owned(), |path, (name, id)| path.replace(name, id));
    let path = of_nobody
        .iter()
        .fold(path, |path, (name, text)| path.replace(name, text));
    assert!(
        !path.contains('{'),
        "add this id to tests/house/doors/filled.rs: {path}"
    );
    (path, owned)
}

fn of_station(ids: &Ids) -> Vec<(&'static str, String)> {
    vec![
        ("{course}", ids.station.course.to_string()),
        ("{lesson}", ids.station.lesson.to_string()),
        ("{place}", ids.station.place.to_string()),
        ("{closure}", ids.station.closure.to_string()),
        ("{voice}", ids.station.lesson.to_string()),
        ("{voucher}", ids.station.voucher.to_string()),
        ("{card}", ids.station.card.to_string()),
        ("{away}", ids.station.away.to_string()),
        ("{supporter}", ids.station.supporter.to_string()),
        ("{signup}", ids.station.signup.to_string()),
        ("{attendance}", ids.station.attendance.to_string()),
        ("{observation}", ids.station.observation.to_string()),
        ("{line}", ids.station.line.to_string()),
        ("{sheet}", ids.station.sheet.to_string()),
    ]
}
