//! Which column of a file is what, by the many names that systems give it.

use super::row::Field;

/// The field that a heading names, however it is spelt; `None` for a column of no use.
pub fn field_of(heading: &str) -> Option<Field> {
    let plain = plain(heading);
    NAMES.iter().find(|(_, names)| names.contains(&plain.as_str())).map(|(field, _)| *field)
}

/// Letters and digits alone, small: "Phone Number", "phone_number" and "PhoneNumber" are the same.
pub fn plain(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What columns are called, in plain form; what we call them comes first.
const NAMES: &[(Field, &[&str])] = &[
    (
        Field::Phone,
        &[
            "phone",
            "phonenumber",
            "mobile",
            "mobilephone",
            "mobilenumber",
            "cell",
            "cellphone",
            "telephone",
            "tel",
            "phoneno",
            "msisdn",
            "contactnumber",
            "customerphone",
            "telefono",
            "teléfono",
            "movil",
            "móvil",
            "celular",
            "telephoneportable",
            "téléphone",
            "téléphoneportable",
            "portable",
            "telefon",
            "手机",
            "手机号",
            "手机号码",
            "电话",
        ],
    ),
    (
        Field::FirstName,
        &[
            "firstname",
            "givenname",
            "name",
            "fullname",
            "customername",
            "nombre",
            "prénom",
            "prenom",
            "prenume",
            "nume",
            "姓名",
            "名字",
        ],
    ),
    (Field::LastName, &["lastname", "surname", "familyname", "apellido", "apellidos", "nomdefamille", "姓"]),
    (Field::Language, &["language", "lang", "locale", "idioma", "langue", "limba", "语言"]),
    (
        Field::Birthday,
        &[
            "birthday",
            "birthdate",
            "dateofbirth",
            "dob",
            "cumpleaños",
            "fechadenacimiento",
            "anniversaire",
            "datedenaissance",
            "datanasterii",
            "生日",
        ],
    ),
    (
        Field::Points,
        &[
            "points",
            "balance",
            "pointsbalance",
            "pointbalance",
            "loyaltypoints",
            "currentpoints",
            "availablepoints",
            "stars",
            "puntos",
            "saldo",
            "solde",
            "puncte",
            "sold",
            "积分",
        ],
    ),
    (Field::LifetimePoints, &["lifetimepoints", "totalpoints", "pointsearned", "lifetimebalance", "totalearned"]),
    (Field::Stamps, &["stamps", "punches", "sellos", "tampons", "stampile", "印章"]),
    (
        Field::JoinedAt,
        &[
            "joinedat",
            "joined",
            "joindate",
            "enrolledat",
            "enrolled",
            "createdat",
            "created",
            "signupdate",
            "membersince",
            "dateadded",
            "registered",
            "fechadealta",
            "inscritle",
            "inscrisla",
            "注册时间",
        ],
    ),
    (Field::Level, &["level", "tier", "nivel", "niveau", "等级"]),
    (
        Field::Consent,
        &[
            "consent",
            "optin",
            "optedin",
            "smsconsent",
            "smsoptin",
            "marketingconsent",
            "acceptssmsmarketing",
            "acceptssms",
            "acceptsmarketing",
            "subscribed",
            "smssubscribed",
            "consentimiento",
            "consentement",
            "consimțământ",
            "consimtamant",
            "同意",
        ],
    ),
    (
        Field::ConsentAt,
        &["consentat", "consentdate", "optinat", "optindate", "optedinat", "smsconsentat", "consenttime"],
    ),
    (Field::ConsentHow, &["consenthow", "consentmethod", "consentsource", "optinsource", "optinmethod"]),
    (Field::ConsentText, &["consenttext", "consentwording", "textshown", "disclosure"]),
    (
        Field::OptedOut,
        &[
            "optedout",
            "optout",
            "unsubscribed",
            "smsoptout",
            "donottext",
            "donotcontact",
            "stopped",
            "baja",
            "désabonné",
            "dezabonat",
            "退订",
        ],
    ),
    (Field::ExternalId, &["externalid", "customerid", "memberid", "id", "cardnumber", "loyaltyid"]),
    (Field::Note, &["note", "notes", "comment", "comments", "nota", "notă", "remarque", "备注"]),
    (Field::At, &["at", "date", "time", "when", "happenedat", "timestamp", "transactiondate", "fecha", "data", "日期"]),
    (Field::Reason, &["reason", "description", "why", "type", "motivo", "motif", "motiv", "原因"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_however_they_are_spelt() {
        for (heading, field) in [
            ("Phone Number", Field::Phone),
            ("MOBILE", Field::Phone),
            ("first_name", Field::FirstName),
            ("Points Balance", Field::Points),
            ("Date of Birth", Field::Birthday),
            ("SMS opt-in", Field::Consent),
            ("Opted out?", Field::OptedOut),
            ("Member since", Field::JoinedAt),
            ("手机号", Field::Phone),
        ] {
            assert_eq!(field_of(heading), Some(field), "{heading}");
        }
        assert_eq!(field_of("favourite colour"), None);
    }

    #[test]
    fn no_name_is_for_two_fields_and_each_field_reads_its_own() {
        let mut all: Vec<&str> = NAMES.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        let before = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), before);
        for (field, _) in NAMES {
            assert_eq!(field_of(field.word()), Some(*field));
        }
    }
}
