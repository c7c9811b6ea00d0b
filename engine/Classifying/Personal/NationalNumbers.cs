using Interven.Engine.Classifying.Context;

namespace Interven.Engine.Classifying.Personal;

/// <summary>The table of national and bank numbers: lengths, checks, words.</summary>
static class NationalNumbers
{
    static readonly IReadOnlyList<CheckedNumber> Rows =
    [
        new(Kinds.UkNhsNumber, [10], NationalChecks.Nhs, new("nhs", "nhsnumber", "national health service", "health service number")),
        new(Kinds.UkUtr, [10], NationalChecks.Utr, new("utr", "unique taxpayer", "unique tax reference", "self assessment", "hmrc", "taxpayer reference")),
        new(Kinds.CaSin, [9], NationalChecks.Sin, new("sin", "social insurance", "socialinsurance", "socialinsurancenumber", "canadian", "nas")),
        new(Kinds.AuTfn, [9], NationalChecks.Tfn, new("tfn", "tax file", "taxfile", "taxfilenumber")),
        new(Kinds.AuAbn, [11], NationalChecks.Abn, new("abn", "australian business", "business number")),
        new(Kinds.AuMedicare, [10, 11], NationalChecks.Medicare, new("medicare", "medicarenumber", "medicareno")),
        new(Kinds.InAadhaar, [12], NationalChecks.Aadhaar, new("aadhaar", "aadhar", "adhaar", "aadhaarnumber", "uidai", "uid")),
        new(Kinds.DeTaxId, [11], NationalChecks.GermanTaxId, new("steuer-id", "steuerid", "steuer id", "steueridentifikationsnummer", "identifikationsnummer", "idnr", "steuernummer", "german tax", "tax id", "tax identification", "taxid", "tin", "steuerliche")),
        new(Kinds.FrInsee, [15], NationalChecks.Insee, new("insee", "nir", "sécurité sociale", "securite sociale", "numéro de sécu", "social security", "sécu", "secu", "nss", "numerosecu"), "9 99 99 99 999 999 99"),
        new(Kinds.PlPesel, [11], NationalChecks.Pesel, new("pesel", "numer pesel", "polish")),
        new(Kinds.NlBsn, [9], NationalChecks.Bsn, new("bsn", "burgerservicenummer", "burger service", "sofinummer", "citizen service")),
        new(Kinds.SePersonnummer, [10, 12], NationalChecks.Personnummer, new("personnummer", "personnr", "samordningsnummer", "swedish", "person number", "pnr", "personal number", "personalidentitynumber"), "99999999-9999"),
        new(Kinds.BrCpf, [11], NationalChecks.Cpf, new("cpf", "cadastro de pessoas", "contribuinte"), "999.999.999-99"),
        new(Kinds.BrCnpj, [14], NationalChecks.Cnpj, new("cnpj", "cadastro nacional"), "99.999.999/9999-99"),
        new(Kinds.TrIdentityNumber, [11], NationalChecks.Turkish, new("tckn", "tc kimlik", "t.c. kimlik", "kimlik", "turkish", "kişi", "tc no", "vatandaşlık", "nüfus", "tckimlik", "tckimlikno")),
        new(Kinds.ThIdentityNumber, [13], NationalChecks.Thai, new("thai", "thailand", "thai id", "บัตรประชาชน", "ประชาชน", "citizen id")),
        new(Kinds.ZaIdentityNumber, [13], NationalChecks.SouthAfrican, new("south african", "southafrican", "rsa", "rsa id", "sa id", "refugee id", "id number", "identity number", "idnumber", "identitynumber", "said")),
        new(Kinds.UsRoutingNumber, [9], NationalChecks.Routing, new("routing", "routing number", "routingnumber", "aba", "abanumber", "aba number", "rtn", "aba routing", "transit number", "abarouting")),
    ];

    public static readonly Detector Detector = new CheckedNumbers("national_numbers", Rows).Detector;
}
