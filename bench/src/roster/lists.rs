//! What invented people are made of. Nearer the head of a list is commoner.

/// A name as written, and its reading.
#[derive(Clone, Copy)]
pub struct Name(pub &'static str, pub &'static str);

/// Names of people born about 1925 to 1960, commonest first; some family names in old forms
/// (髙, 﨑, 𠮷, 濱, 邉), as registers hold them.
pub struct Names {
    pub families: Vec<Name>,
    pub women: Vec<Name>,
    pub men: Vec<Name>,
}

impl Names {
    /// The handwritten lists.
    pub fn read() -> Names {
        let mut lists = include_str!("names.txt").split("\n\n").map(|list| {
            let pairs = list.lines().filter_map(|line| line.split_once(' '));
            pairs
                .map(|(written, reading)| Name(written, reading))
                .collect()
        });
        let mut next = || lists.next().unwrap_or_default();
        Names {
            families: next(),
            women: next(),
            men: next(),
        }
    }

    /// Given names of women, or of men.
    pub fn given(&self, woman: bool) -> &[Name] {
        if woman { &self.women } else { &self.men }
    }
}

/// A place of the town, its postcode, and how many 丁目 it has.
pub type Place = (&'static str, &'static str, usize);

/// The places of みなみ町, none of which exists; postcodes 000-… are not in use.
pub const PLACES: &[Place] = &[
    ("潮見台", "000-0011", 5),
    ("若草", "000-0012", 4),
    ("汐入", "000-0013", 3),
    ("浜通り", "000-0014", 4),
    ("松ヶ丘", "000-0015", 3),
    ("本町", "000-0016", 2),
    ("川端", "000-0017", 3),
    ("桜坂", "000-0018", 2),
    ("北谷", "000-0019", 2),
    ("三ツ橋", "000-0020", 3),
];

/// Names of blocks of flats.
pub const BUILDINGS: &[&str] = &[
    "コーポ潮見",
    "グリーンハイツ",
    "メゾン若草",
    "みなみ荘",
    "都営汐入アパート",
    "サンコーポ",
    "シーサイド浜通り",
    "松ヶ丘団地",
];

/// How people live.
pub const LIVING: &[&str] = &["独居", "夫婦のみ", "独居", "同居", "日中独居"];

/// Whom to call, and whether that is a woman.
pub const RELATIONS: &[(&str, bool)] = &[
    ("長男", false),
    ("長女", true),
    ("次男", false),
    ("次女", true),
    ("妻", true),
    ("夫", false),
    ("妹", true),
    ("弟", false),
    ("姪", true),
    ("甥", false),
    ("友人", true),
    ("近所の人", true),
    ("大家", false),
];

/// Clinics of the town and their phones.
pub const CLINICS: &[(&str, &str)] = &[
    ("みなみ町中央病院", "03-0100-0001"),
    ("潮見台クリニック", "03-0100-0012"),
    ("若草内科医院", "03-0100-0023"),
    ("浜通り整形外科", "03-0100-0034"),
    ("汐入ハートクリニック", "03-0100-0045"),
    ("松ヶ丘診療所", "03-0100-0056"),
    ("さくら坂脳神経クリニック", "03-0100-0067"),
    ("三ツ橋眼科", "03-0100-0078"),
];

/// Departments.
pub const DEPARTMENTS: &[&str] = &[
    "内科",
    "循環器内科",
    "整形外科",
    "脳神経内科",
    "眼科",
    "泌尿器科",
];

/// Illnesses.
pub const ILLNESSES: &[&str] = &[
    "高血圧症",
    "糖尿病",
    "脂質異常症",
    "認知症",
    "心房細動",
    "脳梗塞後遺症",
    "変形性膝関節症",
    "骨粗しょう症",
    "白内障",
    "緑内障",
    "狭心症",
    "気管支喘息",
    "慢性腎臓病",
    "パーキンソン病",
    "前立腺肥大症",
    "難聴",
    "心不全",
    "腰部脊柱管狭窄症",
];

/// Drugs.
pub const DRUGS: &[&str] = &[
    "アムロジピン5mg",
    "お薬手帳あり",
    "メトホルミン",
    "ワルファリン",
    "ドネペジル",
    "アスピリン",
    "ロスバスタチン",
    "エドキサバン",
    "インスリン",
    "フロセミド",
    "アレンドロン酸",
    "レボドパ",
];

/// What is not tolerated.
pub const ALLERGIES: &[&str] = &["ペニシリン", "そば", "造影剤", "卵", "アスピリン"];

/// Care levels.
pub const CARE: &[&str] = &[
    "未申請",
    "要支援1",
    "要介護1",
    "要支援2",
    "要介護2",
    "非該当",
    "要介護3",
    "要介護4",
    "要介護5",
];

/// Remarks.
pub const NOTES: &[&str] = &[
    "耳が遠い",
    "杖を使用",
    "室内で転びやすい",
    "呼び鈴に出るまで時間がかかる",
    "小型犬を飼っている",
    "右耳のほうが聞こえる",
    "電話は夕方につながりやすい",
    "息子が週末に訪問",
    "玄関の鍵は長女も所持",
    "車いすを使用",
];
