using Interven.Contracts;

namespace Interven.Engine.Classifying;

/// <summary>The catalogue of data kinds: one part per area.</summary>
public static partial class Kinds
{
    public static readonly DataKind EmailAddress = Personal("email_address", 0.4);
    public static readonly DataKind PhoneNumber = Personal("phone_number", 0.4);
    public static readonly DataKind PersonName = Personal("person_name", 0.3);
    public static readonly DataKind PostalAddress = Personal("postal_address", 0.4);
    public static readonly DataKind DateOfBirth = Personal("date_of_birth", 0.6);
    public static readonly DataKind IpAddress = Personal("ip_address", 0.3);
    public static readonly DataKind CryptoWallet = Personal("crypto_wallet", 0.5);
    public static readonly DataKind Iban = Personal("iban", 0.7);
    public static readonly DataKind BankAccount = Personal("bank_account", 0.7);
    public static readonly DataKind UsRoutingNumber = Personal("us_routing_number", 0.5);
    public static readonly DataKind Passport = Personal("passport", 0.8);
    public static readonly DataKind DrivingLicence = Personal("driving_licence", 0.8);
    public static readonly DataKind NationalId = Personal("national_id", 0.8);
    public static readonly DataKind TaxId = Personal("tax_id", 0.7);
    public static readonly DataKind UsSsn = Personal("us_ssn", 0.9);
    public static readonly DataKind UsItin = Personal("us_itin", 0.9);
    public static readonly DataKind UkNino = Personal("uk_nino", 0.8);
    public static readonly DataKind UkNhsNumber = Personal("uk_nhs_number", 0.8);
    public static readonly DataKind UkUtr = Personal("uk_utr", 0.7);
    public static readonly DataKind CaSin = Personal("ca_sin", 0.9);
    public static readonly DataKind AuTfn = Personal("au_tfn", 0.8);
    public static readonly DataKind AuAbn = Personal("au_abn", 0.4);
    public static readonly DataKind AuMedicare = Personal("au_medicare", 0.8);
    public static readonly DataKind InAadhaar = Personal("in_aadhaar", 0.9);
    public static readonly DataKind InPan = Personal("in_pan", 0.8);
    public static readonly DataKind DeTaxId = Personal("de_tax_id", 0.8);
    public static readonly DataKind DeSocialSecurity = Personal("de_social_security", 0.8);
    public static readonly DataKind EsDni = Personal("es_dni", 0.8);
    public static readonly DataKind ItFiscalCode = Personal("it_fiscal_code", 0.8);
    public static readonly DataKind FrInsee = Personal("fr_insee", 0.8);
    public static readonly DataKind PlPesel = Personal("pl_pesel", 0.8);
    public static readonly DataKind NlBsn = Personal("nl_bsn", 0.8);
    public static readonly DataKind SePersonnummer = Personal("se_personnummer", 0.8);
    public static readonly DataKind FiHetu = Personal("fi_hetu", 0.8);
    public static readonly DataKind SgNric = Personal("sg_nric", 0.8);
    public static readonly DataKind BrCpf = Personal("br_cpf", 0.8);
    public static readonly DataKind BrCnpj = Personal("br_cnpj", 0.4);
    public static readonly DataKind TrIdentityNumber = Personal("tr_identity_number", 0.8);
    public static readonly DataKind ThIdentityNumber = Personal("th_identity_number", 0.8);
    public static readonly DataKind ZaIdentityNumber = Personal("za_identity_number", 0.8);

    static DataKind Personal(string name, double severity) => new(name, DataClasses.Pii, severity);
}
