//! The table of operations, in the order of the guide.

use super::groups::GROUPS;
use super::operations::{Answer, Group, Operation};

const fn answer(status: u16, shape: &'static str, words: &'static str) -> Answer {
    Answer {
        status,
        shape,
        words,
        etag: false,
    }
}

pub(super) const fn versioned(status: u16, shape: &'static str, words: &'static str) -> Answer {
    Answer {
        etag: true,
        ..answer(status, shape, words)
    }
}

pub(super) const PLAIN: Operation = Operation {
    method: "GET",
    path: "",
    id: "",
    group: Group::Connection,
    summary: "",
    grant: "",
    more: "",
    body: None,
    upon_version: false,
    flags: &[],
    answers: &[],
    may_conflict: false,
};

pub(super) const PURPOSE: &str = "ほかのセンターの登録者は、先に目的を記録します（openings）。読んだことは、閲覧の記録に残ります。";

const TURNED: &[Answer] = &[answer(200, "Tag", "変えたあとのタグ。")];

const fn turn(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    more: &'static str,
) -> Operation {
    Operation {
        method: "POST",
        path,
        id,
        group: Group::Tags,
        summary,
        grant: "tags",
        more,
        body: Some("Remark"),
        answers: TURNED,
        may_conflict: true,
        ..PLAIN
    }
}

const RENEWED: &[Answer] = &[answer(200, "RenewalList", "記録したあとの更新。")];

const fn renewed(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    more: &'static str,
    body: &'static str,
) -> Operation {
    Operation {
        method: "POST",
        path,
        id,
        group: Group::Renewals,
        summary,
        grant: "people_write",
        more,
        body: Some(body),
        answers: RENEWED,
        may_conflict: true,
        ..PLAIN
    }
}

/// Every operation, in the order of the guide.
pub const ALL: &[Operation] = &[
    Operation {
        path: "/api/v1/me",
        id: "me",
        summary: "自分がだれとして接続しているかを確かめる",
        more: "はじめての接続の確認に使います。",
        answers: &[answer(
            200,
            "Me",
            "このシステムの名前と、許可されていること。",
        )],
        ..PLAIN
    },
    Operation {
        method: "POST",
        path: "/api/v1/lookups",
        id: "lookUp",
        group: Group::Lookup,
        summary: "番号ともう1つのことで照会する",
        grant: "lookup",
        more: "姓、または生まれた年（3年までのちがいはかまいません）と性別を添えます。合わない照会が続くと429になります。照会すると、本人の担当センターに知らせが行きます。",
        body: Some("LookUp"),
        answers: &[
            answer(201, "Heard", "見つかりました。機関の種類に応じた情報です。"),
            answer(
                200,
                "NoMatch",
                "番号ともう1つのことに合う方がいません。どちらがちがうかは答えません。",
            ),
        ],
        ..PLAIN
    },
    Operation {
        path: "/api/v1/lookups/{inquiry}",
        id: "readLookUp",
        group: Group::Lookup,
        summary: "自分の照会を見なおす",
        grant: "lookup",
        more: "照会から24時間だけ読めます。",
        answers: &[answer(
            200,
            "Heard",
            "照会のときに伝えた情報の、いまの内容。",
        )],
        ..PLAIN
    },
    Operation {
        method: "POST",
        path: "/api/v1/desk/inquiries",
        id: "openInquiry",
        group: Group::Desk,
        summary: "番号で照会をはじめる",
        grant: "desk",
        more: "key に同じ文字を入れて2度送っても、照会は1つだけです（通信が切れたときの送りなおし用）。",
        body: Some("Call"),
        answers: &[
            versioned(201, "Inquiry", "照会をはじめました。"),
            answer(
                200,
                "InquiryOrNobody",
                "だれの番号でもないか、同じ key の照会がもうあります。",
            ),
        ],
        ..PLAIN
    },
    Operation {
        path: "/api/v1/desk/inquiries/{inquiry}",
        id: "readInquiry",
        group: Group::Desk,
        summary: "照会を読む",
        grant: "desk",
        answers: &[versioned(200, "Inquiry", "ひらいた段階までの内容。")],
        ..PLAIN
    },
    Operation {
        method: "POST",
        path: "/api/v1/desk/inquiries/{inquiry}/disclosures",
        id: "disclose",
        group: Group::Desk,
        summary: "次の段階をひらく",
        grant: "desk（医療情報は medical も）",
        more: "医療情報は、相手が救急隊か病院のときだけひらけます。",
        body: Some("Disclosure"),
        answers: &[versioned(200, "Inquiry", "ひらいたあとの照会。")],
        may_conflict: true,
        ..PLAIN
    },
    Operation {
        method: "POST",
        path: "/api/v1/desk/inquiries/{inquiry}/notes",
        id: "noteInquiry",
        group: Group::Desk,
        summary: "照会の経過を書き加える",
        grant: "desk",
        body: Some("Note"),
        answers: &[answer(204, "", "書き加えました。")],
        may_conflict: true,
        ..PLAIN
    },
    Operation {
        method: "POST",
        path: "/api/v1/desk/inquiries/{inquiry}/ending",
        id: "closeInquiry",
        group: Group::Desk,
        summary: "照会を終える",
        grant: "desk",
        more: "本人のいる場所か、わからないことを書きます。担当センターの次の開所日に「やること」ができます。",
        body: Some("Ending"),
        upon_version: true,
        answers: &[answer(
            200,
            "FollowUp",
            "終わりました。できた「やること」の番号です。",
        )],
        may_conflict: true,
        ..PLAIN
    },
    Operation {
        method: "POST",
        path: "/api/v1/people/search",
        id: "searchPeople",
        group: Group::People,
        summary: "登録者をさがす",
        grant: "search",
        more: "名前（漢字・カナ・ローマ字）、電話番号、生年月日、郵便番号、住所でさがせます。言葉と、見つかった方は閲覧の記録に残ります。",
        body: Some("Search"),
        answers: &[answer(200, "Hits", "近い順に、1ページ20人まで。")],
        ..PLAIN
    },
    Operation {
        method: "POST",
        path: "/api/v1/people",
        id: "register",
        group: Group::People,
        summary: "登録する",
        grant: "people_write",
        more: "よく似た方が登録されているとき、同じ方の記録が消去されているときは、登録せずに409で知らせます。確かめてから、apart や after_erasure をつけて送ってください。",
        body: Some("NewPerson"),
        answers: &[answer(201, "Registered", "登録しました。")],
        may_conflict: true,
        ..PLAIN
    },
    Operation {
        path: "/api/v1/people/{person}",
        id: "readPerson",
        group: Group::People,
        summary: "記録をすべて読む",
        grant: "people_read",
        more: PURPOSE,
        answers: &[answer(200, "Person", "記録のすべて。")],
        ..PLAIN
    },
    Operation {
        method: "POST",
        path: "/api/v1/people/{person}/openings",
        id: "openPerson",
        group: Group::People,
        summary: "ほかのセンターの登録者を読む目的を記録する",
        grant: "people_read",
        more: "記録すると、60分間読めます。目的は、ご本人も見ることができます。",
        body: Some("Opening"),
        answers: &[answer(204, "", "記録しました。")],
        ..PLAIN
    },
    GROUPS[0][0],
    GROUPS[0][1],
    GROUPS[1][0],
    GROUPS[1][1],
    GROUPS[2][0],
    GROUPS[2][1],
    GROUPS[3][0],
    GROUPS[3][1],
    GROUPS[4][0],
    GROUPS[4][1],
    GROUPS[5][0],
    GROUPS[5][1],
    Operation {
        path: "/api/v1/people/{person}/tags",
        id: "listTags",
        group: Group::Tags,
        summary: "登録者のタグを読む",
        grant: "tags",
        answers: &[answer(200, "TagList", "持っている番号と、持っていた番号。")],
        ..PLAIN
    },
    Operation {
        method: "POST",
        path: "/api/v1/people/{person}/tags",
        id: "bindTag",
        group: Group::Tags,
        summary: "タグを渡す",
        grant: "tags",
        more: "number を入れないと、在庫の次の番号を渡します。町の以前の番号は older を true にします。",
        body: Some("HandOver"),
        answers: &[answer(201, "Tag", "渡しました。")],
        may_conflict: true,
        ..PLAIN
    },
    Operation {
        path: "/api/v1/tags/{tag}",
        id: "readTag",
        group: Group::Tags,
        summary: "タグを読む",
        grant: "tags",
        answers: &[answer(200, "Tag", "番号と、いまの状態。")],
        ..PLAIN
    },
    turn(
        "/api/v1/tags/{tag}/loss",
        "loseTag",
        "紛失の届けを受ける",
        "照会では、紛失中と答えます。",
    ),
    turn(
        "/api/v1/tags/{tag}/finding",
        "findTag",
        "紛失したタグが見つかった",
        "remark は使いません。",
    ),
    turn(
        "/api/v1/tags/{tag}/return",
        "returnTag",
        "返却を受ける",
        "QRコードも止まります。",
    ),
    turn(
        "/api/v1/tags/{tag}/void",
        "voidTag",
        "番号を無効にする",
        "もとにはもどせません。",
    ),
    Operation {
        method: "POST",
        path: "/api/v1/renewals/search",
        id: "listRenewals",
        group: Group::Renewals,
        summary: "月の更新の一覧を読む",
        grant: "people_read",
        more: "まだお願いしていない方が先です。お名前が出た方は、閲覧の記録に残ります。",
        body: Some("RenewalPart"),
        answers: &[answer(200, "Worklist", "1ページ50人まで。")],
        ..PLAIN
    },
    Operation {
        path: "/api/v1/people/{person}/renewals",
        id: "readRenewals",
        group: Group::Renewals,
        summary: "登録者の更新を読む",
        grant: "people_read",
        more: PURPOSE,
        answers: &[answer(200, "RenewalList", "新しい年から順に。")],
        ..PLAIN
    },
    renewed(
        "/api/v1/people/{person}/renewals/asking",
        "askToRenew",
        "更新をお願いしたと記録する",
        "更新月の前の月の1日から記録できます。",
        "Asking",
    ),
    renewed(
        "/api/v1/people/{person}/renewals/walk",
        "beginRenewal",
        "記録の確認をはじめる",
        "このあと、それぞれの内容を confirmed をつけて書くと、確認した日が入ります（変わらなくても同じ内容を書きます）。",
        "Walk",
    ),
    renewed(
        "/api/v1/people/{person}/renewals/ending",
        "endRenewal",
        "更新を終える",
        "基本情報と緊急連絡先の確認がすんでいないと409になります。need に書いた支援は「やること」になります。",
        "Finding",
    ),
    Operation {
        path: "/api/v1/tasks",
        id: "listTasks",
        group: Group::Tasks,
        summary: "済んでいない「やること」を読む",
        grant: "tasks または desk",
        more: "急ぐ順に200件まで。open は全部の数です。",
        flags: &[(
            "all",
            "町のすべてのセンターの分も含める（tasks の許可があるとき）。",
        )],
        answers: &[answer(200, "TaskList", "急ぐ順の一覧。")],
        ..PLAIN
    },
    Operation {
        path: "/api/v1/tasks/{task}",
        id: "readTask",
        group: Group::Tasks,
        summary: "「やること」を1つ読む",
        grant: "tasks または desk",
        answers: &[versioned(200, "Task", "内容と版。")],
        ..PLAIN
    },
    Operation {
        method: "POST",
        path: "/api/v1/tasks/{task}/take",
        id: "takeTask",
        group: Group::Tasks,
        summary: "担当する",
        grant: "tasks または desk",
        more: "ほかに担当がいるときは、その番号を instead_of に入れます。",
        body: Some("Taking"),
        answers: &[answer(204, "", "担当になりました。")],
        may_conflict: true,
        ..PLAIN
    },
    Operation {
        method: "POST",
        path: "/api/v1/tasks/{task}/done",
        id: "finishTask",
        group: Group::Tasks,
        summary: "済ませる",
        grant: "tasks または desk",
        body: Some("Outcome"),
        upon_version: true,
        answers: &[versioned(200, "Task", "済んだあとの内容と版。")],
        may_conflict: true,
        ..PLAIN
    },
    Operation {
        method: "POST",
        path: "/api/v1/tasks/{task}/move",
        id: "moveTask",
        group: Group::Tasks,
        summary: "別の日に変える",
        grant: "tasks または desk",
        body: Some("Move"),
        upon_version: true,
        answers: &[versioned(200, "Task", "変えたあとの内容と版。")],
        may_conflict: true,
        ..PLAIN
    },
];
