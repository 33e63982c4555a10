//! The schema, step by step: one text for both engines, forward only.

use db::Migration;

macro_rules! steps {
    ($($number:literal $name:literal),* $(,)?) => {
        &[$(Migration {
            number: $number,
            name: $name,
            text: include_str!(concat!("../../../migrations/", $name, ".sql")),
        }),*]
    };
}

/// Every migration, in the order in which it is applied.
pub const ALL: &[Migration] = steps![
    1 "0001_networks",
    2 "0002_audit",
    3 "0003_staff",
    4 "0004_staff_door",
    5 "0005_networks_organisations",
    6 "0006_tasks",
    7 "0007_people",
    8 "0008_people_search",
    9 "0009_people_import",
    10 "0010_tags",
    11 "0011_desk",
    12 "0012_networks_key_moves",
    13 "0013_renewals",
    14 "0014_board",
    15 "0015_people_twins",
    16 "0016_exchange",
    17 "0017_leaving",
    18 "0018_papers",
    19 "0019_staff_terms",
    20 "0020_paths",
    21 "0021_people_views",
    22 "0022_consultations",
    23 "0023_cases",
    24 "0024_notices",
    25 "0025_people_merged",
    26 "0026_cases_origin",
    27 "0027_indexes",
    28 "0028_paths_case",
    29 "0029_cases_helped",
    30 "0030_tasks_links",
    31 "0031_consultations_keeping",
    32 "0032_station",
    33 "0033_notices_mails",
    34 "0034_board_strays",
    35 "0035_kept",
    36 "0036_station_days",
    37 "0037_station_voices",
    38 "0038_station_supporters",
    39 "0039_station_signups",
    40 "0040_station_door",
    41 "0041_station_cards",
    42 "0042_station_fees",
    43 "0043_station_aways",
    44 "0044_board_strays_said",
    45 "0045_station_observations",
    46 "0046_station_change",
    47 "0047_station_change_lists",
    48 "0048_station_vouchers",
    49 "0049_consultations_given",
    50 "0050_cases_left",
    51 "0051_notices_quarters",
    52 "0052_station_rolls",
    53 "0053_station_own",
    54 "0054_station_codes",
    55 "0055_station_mails",
    56 "0056_station_given",
    57 "0057_exchange_files",
];
