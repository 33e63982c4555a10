//! One record out of two, piece by piece, as somebody chose.

use super::super::super::rules::{
    Answer, Care, Certification, Clinic, Consent, Contact, Contacts, Finder, Given, Identity,
    Known, Living, MOST_CLINICS, MOST_CONTACTS, Medical, Sex, coded,
};
use words::kanji::fold;
use words::phone::Phone;

coded! {
    /// What is chosen by itself.
    Piece {
        /// 氏名・フリガナ
        Name "name" "氏名・フリガナ",
        /// 性別
        Sex "sex" "性別",
        /// 生年月日
        Born "born" "生年月日",
        /// 郵便番号・住所
        Home "home" "郵便番号・住所",
        /// 電話
        Phones "phones" "電話",
        /// 世帯
        Living "living" "世帯",
        /// 緊急連絡先
        Contacts "contacts" "緊急連絡先",
        /// 医療情報
        Medical "medical" "医療情報",
        /// 介護・センターの記録
        Care "care" "介護・センターの記録",
        /// 発見時の注意
        Finder "finder" "発見時の注意",
        /// 顔写真
        Photo "photo" "顔写真",
    }
}

coded! {
    /// Whose piece the one record has.
    Pick {
        /// Of the record that stays.
        Kept "kept" "残す記録",
        /// Of the record that goes.
        Gone "gone" "まとめる記録",
        /// What either has.
        Both "both" "両方を合わせる",
    }
}

impl Piece {
    /// Whether what both have can stand together.
    pub const fn joins(self) -> bool {
        matches!(
            self,
            Piece::Phones | Piece::Contacts | Piece::Medical | Piece::Care | Piece::Finder
        )
    }
}

/// What was chosen; a piece of which nothing was said is joined where it can be, or stays.
#[derive(Clone, Default)]
pub struct Picks(pub Vec<(Piece, Pick)>);

impl Picks {
    /// Whose a piece is.
    pub fn of(&self, piece: Piece) -> Pick {
        let said = self.0.iter().find(|(of, _)| *of == piece);
        let said = said.map(|(_, pick)| *pick);
        match (said, piece.joins()) {
            (Some(Pick::Both), false) | (None, false) => Pick::Kept,
            (Some(pick), _) => pick,
            (None, true) => Pick::Both,
        }
    }

    fn one<'a, T>(&self, piece: Piece, kept: &'a T, gone: &'a T) -> &'a T {
        match self.of(piece) {
            Pick::Gone => gone,
            Pick::Kept | Pick::Both => kept,
        }
    }
}

/// Who somebody is, piece by piece. What the chosen side leaves blank comes from the other.
pub fn identity(kept: &Identity, gone: &Identity, picks: &Picks) -> Identity {
    let (named, unnamed) = match picks.of(Piece::Name) {
        Pick::Gone => (gone, kept),
        Pick::Kept | Pick::Both => (kept, gone),
    };
    // A reading belongs to its writing: it is taken over only where both are written alike.
    let alike = |a: &str, b: &str| fold(a) == fold(b);
    let (name, other) = (&named.name, &unnamed.name);
    let family = alike(name.family(), other.family()).then(|| unnamed.family_kana.clone());
    let given = alike(name.given(), other.given()).then(|| unnamed.given_kana.clone());
    let home = picks.one(Piece::Home, kept, gone);
    let home = match home.address.is_some() || home.postcode.is_some() {
        true => home,
        false if picks.of(Piece::Home) == Pick::Gone => kept,
        false => gone,
    };
    Identity {
        name: name.clone(),
        family_kana: named.family_kana.clone().or(family.flatten()),
        given_kana: named.given_kana.clone().or(given.flatten()),
        sex: known(picks, Piece::Sex, (kept.sex, gone.sex), Sex::Unanswered),
        born: *picks.one(Piece::Born, &kept.born, &gone.born),
        postcode: home.postcode,
        address: home.address.clone(),
        phones: phones(kept, gone, picks.of(Piece::Phones)),
        living: known(
            picks,
            Piece::Living,
            (kept.living, gone.living),
            Living::Unconfirmed,
        ),
        old_number: kept.old_number.clone().or(gone.old_number.clone()),
    }
}

/// The chosen answer, or the other where nobody asked.
fn known<T: Copy + PartialEq>(picks: &Picks, piece: Piece, (kept, gone): (T, T), blank: T) -> T {
    let (first, second) = match picks.of(piece) {
        Pick::Gone => (gone, kept),
        Pick::Kept | Pick::Both => (kept, gone),
    };
    if first == blank { second } else { first }
}

fn phones(kept: &Identity, gone: &Identity, pick: Pick) -> Vec<Phone> {
    let mut all = match pick {
        Pick::Gone => return gone.phones.clone(),
        Pick::Kept => return kept.phones.clone(),
        Pick::Both => kept.phones.clone(),
    };
    for phone in &gone.phones {
        if !all.contains(phone) {
            all.push(phone.clone());
        }
    }
    all
}

/// Whom to call: who stays first, then who is only among the others. A contact that both have is
/// the newer confirmed of the two, with the phones of both.
pub fn contacts(kept: &Contacts, gone: &Contacts, pick: Pick) -> Contacts {
    let mut all = match pick {
        Pick::Gone => return gone.clone(),
        Pick::Kept => return kept.clone(),
        Pick::Both => kept.0.clone(),
    };
    for other in &gone.0 {
        match all
            .iter_mut()
            .find(|one| fold(&one.name) == fold(&other.name))
        {
            Some(one) => *one = newer(one, other),
            None => all.push(other.clone()),
        }
    }
    Contacts(all)
}

fn newer(one: &Contact, other: &Contact) -> Contact {
    let day = |of: &Contact| of.confirmed.map(|confirmed| confirmed.on);
    let (first, second) = match day(other) > day(one) {
        true => (other, one),
        false => (one, other),
    };
    let mut both = first.clone();
    for phone in &second.phones {
        if !both.phones.contains(phone) {
            both.phones.push(phone.clone());
        }
    }
    both.address = both.address.or(second.address.clone());
    both.mail = both.mail.or(second.mail.clone());
    both
}

/// Whether a record can hold what was chosen; else the words for it.
pub fn too_many(contacts: &Contacts, medical: &Medical) -> Option<String> {
    if contacts.0.len() > MOST_CONTACTS {
        return Some(format!(
            "緊急連絡先が合わせて{}人になります。登録できるのは{MOST_CONTACTS}人までです。どちらかの記録の連絡先を選んでください。",
            contacts.0.len()
        ));
    }
    (medical.clinics.len() > MOST_CLINICS).then(|| {
        format!(
            "かかりつけが合わせて{}か所になります。登録できるのは{MOST_CLINICS}か所までです。どちらかの記録の医療情報を選んでください。",
            medical.clinics.len()
        )
    })
}

/// What an ambulance needs: nothing that either record warns of is lost.
pub fn medical(kept: &Medical, gone: &Medical, pick: Pick) -> Medical {
    let mut clinics = match pick {
        Pick::Gone => return gone.clone(),
        Pick::Kept => return kept.clone(),
        Pick::Both => kept.clinics.clone(),
    };
    let same =
        |a: &Clinic, b: &Clinic| a.institution == b.institution && a.department == b.department;
    for clinic in &gone.clinics {
        if !clinics.iter().any(|one| same(one, clinic)) {
            clinics.push(clinic.clone());
        }
    }
    Medical {
        clinics,
        illnesses: both_known(&kept.illnesses, &gone.illnesses),
        drugs: both_known(&kept.drugs, &gone.drugs),
        allergies: both_known(&kept.allergies, &gone.allergies),
    }
}

/// What is listed on either side stands; "none" stands only where the other lists nothing.
fn both_known(kept: &Known, gone: &Known) -> Known {
    let rank = |known: &Known| match known {
        Known::Listed(_) => 3,
        Known::None => 2,
        Known::NoneInRoster => 1,
        Known::NotConfirmed => 0,
    };
    match (kept, gone) {
        (Known::Listed(a), Known::Listed(b)) => Known::Listed(both_texts(a, b)),
        (a, b) if rank(b) > rank(a) => b.clone(),
        (a, _) => a.clone(),
    }
}

/// Both texts, one where one holds the other.
fn both_texts(a: &str, b: &str) -> String {
    match (a.contains(b), b.contains(a)) {
        (true, _) => a.to_owned(),
        (_, true) => b.to_owned(),
        _ => format!("{a}\n{b}"),
    }
}

/// The center's own notes: of both; of the certification and the care manager what stays, or the
/// other's where nothing is known.
pub fn care(kept: &Care, gone: &Care, pick: Pick) -> Care {
    match pick {
        Pick::Gone => return gone.clone(),
        Pick::Kept => return kept.clone(),
        Pick::Both => {}
    }
    let certified = match kept.certification {
        Certification::Unconfirmed => gone,
        _ => kept,
    };
    let managed = if kept.manager_name.is_empty() {
        gone
    } else {
        kept
    };
    Care {
        certification: certified.certification,
        insurer: certified.insurer.clone(),
        valid_until: certified.valid_until,
        manager_name: managed.manager_name.clone(),
        manager_office: managed.manager_office.clone(),
        manager_phone: managed.manager_phone.clone(),
        notes: both_texts(&kept.notes, &gone.notes),
        remarks: both_texts(&kept.remarks, &gone.remarks),
    }
}

/// What a finder should know.
pub fn finder(kept: &Finder, gone: &Finder, pick: Pick) -> Finder {
    match pick {
        Pick::Gone => gone.clone(),
        Pick::Kept => kept.clone(),
        Pick::Both => Finder {
            notes: both_texts(&kept.notes, &gone.notes),
        },
    }
}

/// What was agreed to, tier by tier: of two answers the narrower, until the person is asked. An
/// answer stands where the other record holds none.
pub fn consent(kept: &Consent, gone: &Consent) -> Consent {
    Consent {
        identity: narrower(&kept.identity, &gone.identity),
        medical: narrower(&kept.medical, &gone.medical),
        board: narrower(&kept.board, &gone.board),
    }
}

fn narrower(kept: &Given, gone: &Given) -> Given {
    match (kept.answer, gone.answer) {
        (_, Answer::NotAsked) => kept.clone(),
        (Answer::NotAsked, _) => gone.clone(),
        _ if kept.holds() && !gone.holds() => gone.clone(),
        _ => kept.clone(),
    }
}

/// Whether the person has to be asked: one record says yes, the other does not.
pub fn asks_consent(kept: &Consent, gone: &Consent) -> bool {
    let tiers = [
        (&kept.identity, &gone.identity),
        (&kept.medical, &gone.medical),
        (&kept.board, &gone.board),
    ];
    tiers.iter().any(|(a, b)| a.holds() != b.holds())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use jiff::civil::date;

    use super::*;

    #[test]
    fn of_two_answers_the_narrower_holds_until_asked() {
        let yes = Given::by_person(date(2026, 4, 1));
        let mut taken_back = yes.clone();
        taken_back.withdrawn_on = Some(date(2026, 5, 1));
        let unasked = Given::default();
        assert!(!narrower(&yes, &taken_back).holds());
        assert!(!narrower(&taken_back, &yes).holds());
        assert!(narrower(&unasked, &yes).holds());
        let (kept, gone) = (
            Consent::default(),
            Consent {
                board: yes,
                ..Consent::default()
            },
        );
        assert!(asks_consent(&kept, &gone));
        assert!(!asks_consent(&kept, &kept));
    }

    #[test]
    fn no_warning_is_lost() {
        let warfarin = Known::Listed("ワルファリン".to_owned());
        assert!(both_known(&Known::None, &warfarin) == warfarin);
        let both = both_known(&warfarin, &Known::Listed("インスリン".to_owned()));
        assert_eq!(both.words(), "ワルファリン\nインスリン");
        assert!(both_known(&Known::NoneInRoster, &Known::None) == Known::None);
    }
}
