//! Cases of the demo, and the paths on which some of them are.

use super::Failure;
use super::stage::{Stage, unexpected};
use crate::cases::{
    self, Access, Basics, Body, Changes, Consent, Contact, ContactWay, EndReason, Flag, FlagCode,
    Given, NewCase, Offer, Origin, OriginKind, Purpose, Receiver, Settings, Urgency, WhyTransfer,
};
use crate::deed::Deed;
use crate::ids::{CaseId, NoticeId, PersonId, RowId, StaffId};
use crate::paths::steps::{self, Base, Doing, Said};

/// Everything that stands in the lists of cases and paths.
pub(super) async fn support(stage: &Stage<'_>, notice: NoticeId) -> Result<(), Failure> {
    let head = stage.deed(stage.staff.head, (140, 9)).await?;
    let settings = Settings {
        plan_second: true,
        closing_second: true,
        ..Settings::default()
    };
    let set = cases::change_settings(&stage.app.db, &head, settings).await;
    set.map_err(unexpected)?;
    meals(stage, notice).await?;
    money(stage).await?;
    silent(stage).await?;
    ended(stage).await?;
    moving(stage).await?;
    nameless(stage).await
}

async fn open(
    stage: &Stage<'_>,
    deed: &Deed,
    (people, access): (Vec<PersonId>, Access),
    body: Body,
) -> Result<CaseId, Failure> {
    let new = NewCase {
        people,
        center: deed.scope.center.unwrap_or(stage.places.center),
        lead: None,
        access,
        body,
    };
    let opened = cases::open(&stage.app.db, deed, new).await;
    opened.map_err(unexpected)
}

/// A call, a visit, a meeting: days ago, hour, how, with whom, minutes, what was said.
type Met = ((i64, i8), ContactWay, &'static str, i64, &'static str);

async fn met(stage: &Stage<'_>, who: StaffId, case: CaseId, all: &[Met]) -> Result<(), Failure> {
    for (when, way, with, minutes, words) in all {
        let deed = stage.deed(who, *when).await?;
        let contact = Contact {
            on: stage.day(when.0),
            way: *way,
            with: (*with).to_owned(),
            minutes: *minutes,
            words: (*words).to_owned(),
            before: Vec::new(),
        };
        let added = cases::add_contact(&stage.app.db, &deed, case, contact).await;
        added.map_err(unexpected)?;
    }
    Ok(())
}

/// 武田 節子さん: from a notice to meals, a certification under way.
async fn meals(stage: &Stage<'_>, notice: NoticeId) -> Result<(), Failure> {
    let (db, nurse) = (&stage.app.db, stage.staff.nurse);
    let person = stage.person("00032").await?;
    let deed = stage.deed(nurse, (23, 11)).await?;
    let body = Body {
        began: "宅配の方の知らせでおたずねした。同じ物を続けて頼まれ、食事がとれていない。"
            .to_owned(),
        aims: "膝が痛くて買い物に出られないのがつらい。自分で作ったみそ汁が飲みたい。".to_owned(),
        origin: Some(Origin {
            kind: OriginKind::Notice,
            id: RowId(notice.0),
        }),
        ..Body::default()
    };
    let case = open(stage, &deed, (vec![person], Access::Center), body.clone()).await?;
    let met_with: [Met; 3] = [
        (
            (23, 11),
            ContactWay::Visit,
            "ご本人",
            50,
            "台所に立つと5分で膝が痛むとのこと。冷蔵庫を一緒に片づけた。長男は遠方。",
        ),
        (
            (16, 14),
            ContactWay::Phone,
            "長男の武田 勉さん",
            15,
            "月に一度は帰っている。介護保険の申請に賛成。",
        ),
        (
            (5, 10),
            ContactWay::Visit,
            "ご本人、民生委員の北川さん",
            40,
            "配食が週3回になり、食べておられる。膝は変わらない。",
        ),
    ];
    met(stage, nurse, case, &met_with).await?;
    let plan = Changes {
        about: String::new(),
        began: body.began,
        aims: body.aims,
        plan: "配食を週3回。\n介護保険を申請し、手すりとヘルパーの利用を相談する。\n毎週水曜に電話する。"
            .to_owned(),
        risks: "膝が痛み、転ぶおそれ → 玄関と風呂に手すり。\n物忘れが進むおそれ → もの忘れ外来を一緒に予約。"
            .to_owned(),
        access: Access::Center,
        quiet_days: Some(14),
    };
    let deed = stage.deed(nurse, (4, 16)).await?;
    let version = version(stage, &deed, case).await?;
    let changed = cases::change(db, &deed, case, version, plan).await;
    changed.map_err(unexpected)?;
    agreed(stage, case).await?;
    let kept = cases::save_basics(db, &deed, case, 0, basics(stage)).await;
    kept.map_err(unexpected)?;
    certification(stage, person).await
}

/// What is to be done, what has to be known first, and who may be told.
async fn agreed(stage: &Stage<'_>, case: CaseId) -> Result<(), Failure> {
    let (db, nurse) = (&stage.app.db, stage.staff.nurse);
    let deed = stage.deed(nurse, (4, 16)).await?;
    for (ago, due, words) in [
        (4, -1, "もの忘れ外来の予約の電話をする"),
        (12, 2, "手すりの見積もりを受け取る"),
        (4, 0, "ご本人に電話し、配食のようすを聞く"),
    ] {
        let deed = stage.deed(nurse, (ago, 16)).await?;
        let added = cases::add_step(db, &deed, case, stage.day(due), words.to_owned()).await;
        added.map_err(unexpected)?;
    }
    let flag = Flag {
        code: FlagCode::Falls,
        note: "玄関の段差で。訪問のときは、声をかけてから待ってください。".to_owned(),
        ended: String::new(),
    };
    let added = cases::add_flag(db, &deed, case, stage.day(-60), flag).await;
    added.map_err(unexpected)?;
    let consent = Consent {
        purpose: Purpose::Referral,
        receiver: None,
        to: "みなみ町中央病院 もの忘れ外来".to_owned(),
        by: "ご本人、書面".to_owned(),
        given_on: stage.day(5),
        words: "病歴と薬のこと、暮らしのようすまで。".to_owned(),
        withdrawn: None,
    };
    let added = cases::add_consent(db, &deed, case, None, consent).await;
    added.map_err(unexpected)?;
    Ok(())
}

async fn version(stage: &Stage<'_>, deed: &Deed, case: CaseId) -> Result<i64, Failure> {
    let mut conn = stage.app.db.read().await?;
    let found = cases::find(&mut conn, deed, case).await;
    Ok(found.map_err(unexpected)?.version)
}

fn basics(stage: &Stage<'_>) -> Basics {
    let text = |words: &str| words.to_owned();
    Basics {
        consulted_on: stage.day(23).strftime("%Y年%-m月%-d日").to_string(),
        way: text("その他"),
        again: text("初回"),
        route: text("宅配の方からの気づきの知らせ"),
        situation: text("home"),
        adl: text("J2"),
        dementia: text("Ⅰ"),
        certified: text("申請中"),
        housing: text("持ち家・2階建て。玄関に20 cmの段差、風呂に手すりなし。"),
        money: text("国民年金と遺族年金"),
        family: text("夫は8年前に他界。長男（勉さん）は他県に在住、月に一度帰省。"),
        life: text("若草の生まれ。洋裁の仕事を60歳まで続けた。ご近所の服の直しも引き受けていた。"),
        day: text("6時起床。午前は居間でラジオ、午後は横になる。19時ごろ就寝。"),
        hobbies: text("洋裁、みそ汁づくり、ラジオ"),
        friends: text("向かいの方と、ゴミの日に話す。"),
        other_services: text("配食（週3回）"),
        ..Basics::default()
    }
}

/// Applied for 20 days ago; the doctor's opinion is waited for.
async fn certification(stage: &Stage<'_>, person: PersonId) -> Result<(), Failure> {
    let (db, nurse) = (&stage.app.db, stage.staff.nurse);
    let new = steps::New {
        case: None,
        plan: Base::Certification.plan(),
        began: stage.day(21),
    };
    let deed = stage.deed(nurse, (21, 10)).await?;
    let begun = steps::begin(db, &deed, person, new).await;
    let path = begun.map_err(unexpected)?;
    let said = |outcome: &str, words: &str| Said {
        outcome: outcome.to_owned(),
        words: words.to_owned(),
        ..Said::default()
    };
    for (at, ago, said) in [
        (0, 20, said("center", "ご本人と一緒に申請書を書いた。")),
        (1, 9, said("", "ご自宅で。長男の勉さんも電話で参加された。")),
    ] {
        let deed = stage.deed(nurse, (ago, 13)).await?;
        let version = i64::try_from(at + 1).unwrap_or(1);
        let doing = Doing { path, at, version };
        let done = steps::done(db, &deed, doing, stage.day(ago), said).await;
        done.map_err(unexpected)?;
    }
    let doing = Doing {
        path,
        at: 2,
        version: 3,
    };
    let deed = stage.deed(nurse, (3, 13)).await?;
    let why = "主治医が学会で不在のため、来週の診察で書いていただく。".to_owned();
    let put_off = steps::delay(db, &deed, doing, stage.day(-5), why).await;
    put_off.map(drop).map_err(unexpected)
}

/// 小林 武さん: only named staff may see it; a guardianship that stands still.
async fn money(stage: &Stage<'_>) -> Result<(), Failure> {
    let colleague = stage.staff.colleague;
    let person = stage.person("00034").await?;
    let deed = stage.deed(colleague, (69, 14)).await?;
    let body = Body {
        began: "屋根の工事の契約が続いていることがわかった。通帳の置き場所も思い出せない。"
            .to_owned(),
        aims: "この家で暮らしたい。お金のことは、だれかに見てもらえると助かる。".to_owned(),
        plan: "成年後見の申立ての準備。申立人は、姪の方か町長。".to_owned(),
        ..Body::default()
    };
    let case = open(stage, &deed, (vec![person], Access::Named), body).await?;
    let all: [Met; 2] = [
        (
            (69, 15),
            ContactWay::Visit,
            "ご本人",
            60,
            "契約書を3通、お預かりせずに写しをとった。",
        ),
        (
            (38, 10),
            ContactWay::Meeting,
            "社会福祉協議会、姪の方",
            60,
            "姪の方は「申立人になるかどうか考えたい」とのこと。",
        ),
    ];
    met(stage, colleague, case, &all).await?;
    let flag = Flag {
        code: FlagCode::Money,
        note: "業者が来ていたら、名のらずにいったん戻る。".to_owned(),
        ended: String::new(),
    };
    let added = cases::add_flag(&stage.app.db, &deed, case, stage.day(-90), flag).await;
    added.map_err(unexpected)?;
    let new = steps::New {
        case: None,
        plan: Base::Guardianship.plan(),
        began: stage.day(66),
    };
    let deed = stage.deed(colleague, (66, 10)).await?;
    let begun = steps::begin(&stage.app.db, &deed, person, new).await;
    let path = begun.map_err(unexpected)?;
    let doing = Doing {
        path,
        at: 0,
        version: 1,
    };
    let said = Said {
        words: "かかりつけ医と相談し、必要と考えた。".to_owned(),
        ..Said::default()
    };
    let deed = stage.deed(colleague, (52, 10)).await?;
    let done = steps::done(&stage.app.db, &deed, doing, stage.day(52), said).await;
    done.map(drop).map_err(unexpected)
}

/// 松本 博さん: nobody has been in touch for long.
async fn silent(stage: &Stage<'_>) -> Result<(), Failure> {
    let colleague = stage.staff.colleague;
    let person = stage.person("00009").await?;
    let deed = stage.deed(colleague, (110, 9)).await?;
    let body = Body {
        began: "退院のあと、ひとりの暮らしが心配だと、病院から相談があった。".to_owned(),
        aims: "将棋の仲間にまた会いたい。".to_owned(),
        plan: "デイサービスに慣れるまで、月に一度電話する。".to_owned(),
        ..Body::default()
    };
    let case = open(stage, &deed, (vec![person], Access::Center), body).await?;
    let all: [Met; 1] = [(
        (47, 11),
        ContactWay::Phone,
        "ご本人",
        10,
        "週2回のデイサービスは楽しい、とのこと。",
    )];
    met(stage, colleague, case, &all).await
}

/// 田村 順子さん: it has ended and waits for a second pair of eyes.
async fn ended(stage: &Stage<'_>) -> Result<(), Failure> {
    let (db, nurse) = (&stage.app.db, stage.staff.nurse);
    let person = stage.person("00007").await?;
    let deed = stage.deed(nurse, (90, 9)).await?;
    let body = Body {
        began: "お連れあいを亡くされ、外に出なくなったと、ご近所から相談があった。".to_owned(),
        aims: "だれかと一緒にごはんを食べたい。".to_owned(),
        ..Body::default()
    };
    let case = open(stage, &deed, (vec![person], Access::Center), body).await?;
    let all: [Met; 1] = [(
        (8, 13),
        ContactWay::Visit,
        "ご本人",
        30,
        "会食会の係を引き受けられた。表情が明るい。",
    )];
    met(stage, nurse, case, &all).await?;
    let deed = stage.deed(nurse, (2, 15)).await?;
    let version = version(stage, &deed, case).await?;
    let how = (
        EndReason::Settled,
        "会食会に毎週通い、係も引き受けておられる。何かあれば民生委員から連絡がある。".to_owned(),
    );
    let closed = cases::close(db, &deed, case, version, how).await;
    closed.map_err(unexpected)
}

/// 高橋 三郎さん: the other center offers the case, since he is going to move and agreed.
async fn moving(stage: &Stage<'_>) -> Result<(), Failure> {
    let other = stage.staff.other;
    let person = stage.person("00004").await?;
    let deed = stage.deed(other, (60, 9)).await?;
    let body = Body {
        began: "外出先から帰れなくなったことが2度あった。".to_owned(),
        aims: "娘の近くで暮らしたい。".to_owned(),
        plan: "引っ越しのあとの通院とデイサービスを、先に決めておく。".to_owned(),
        ..Body::default()
    };
    let case = open(stage, &deed, (vec![person], Access::Center), body).await?;
    let all: [Met; 1] = [(
        (7, 10),
        ContactWay::Came,
        "ご本人、長女の高橋 良子さん",
        40,
        "来週、潮見台の長女の家の近くに引っ越される。",
    )];
    met(stage, other, case, &all).await?;
    let deed = stage.deed(other, (1, 11)).await?;
    let to = stage.places.center;
    let consent = Consent {
        purpose: Purpose::Transfer,
        receiver: Some(Receiver::Center(to)),
        to: String::new(),
        by: "ご本人、電話".to_owned(),
        given_on: stage.day(1),
        words: "これまでのことと、薬のことまで。".to_owned(),
        withdrawn: None,
    };
    let agreed = cases::add_consent(&stage.app.db, &deed, case, None, consent).await;
    let offer = Offer {
        to,
        why: WhyTransfer::Moved,
        urgency: Urgency::Soon,
        words: "来週、潮見台に転居されます。通院のつきそいを探しています。".to_owned(),
        given: Given {
            consent: Some(agreed.map_err(unexpected)?),
            ..Given::default()
        },
    };
    let offered = cases::offer(&stage.app.db, &deed, case, offer).await;
    offered.map(drop).map_err(unexpected)
}

/// A place: whose it is is not known yet.
async fn nameless(stage: &Stage<'_>) -> Result<(), Failure> {
    let deed = stage.deed(stage.staff.nurse, (6, 9)).await?;
    let body = Body {
        about: "若草2丁目の公園で、夕方によくお見かけする80代くらいの女性".to_owned(),
        began: "公園のそばのお店から、同じ道を何度も歩いておられると聞いた。".to_owned(),
        ..Body::default()
    };
    open(stage, &deed, (Vec::new(), Access::Center), body).await?;
    Ok(())
}
