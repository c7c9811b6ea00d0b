using Interven.Contracts;
using Interven.Engine.Classifying.Context;

namespace Interven.Engine.Classifying.Personal;

/// <summary>The table of personal data that only a label tells.</summary>
static class LabelledIds
{
    static readonly Labelled[] Rows =
    [
        new(Kinds.Passport, Confidence.Medium,
            ["passport number", "passport no", "passport nr", "passport", "pasaporte", "passaporto", "passeport", "reisepass", "paspoort", "passnummer", "pass-nr"],
            ["passport", "passportnumber", "passportno", "passportnum", "passportid", "passportcode", "traveldocument", "traveldocumentnumber"],
            Shapes.Code(6, 10, 4)),
        new(Kinds.DrivingLicence, Confidence.Medium,
            ["driver's license", "driver license", "drivers license", "driver’s license", "driving licence", "driving license", "driver's licence", "driver licence", "dl number", "license number is", "licence number is", "führerschein", "permis de conduire", "patente di guida"],
            ["driverslicense", "driverlicense", "driverslicensenumber", "driverlicensenumber", "drivinglicence", "drivinglicense", "drivinglicencenumber", "drivinglicensenumber", "dlnumber", "driverslicenseno", "driverslicence"],
            Shapes.Code(5, 18, 4)),
        new(Kinds.DateOfBirth, Confidence.Medium,
            ["date of birth", "dob", "d.o.b", "birth date", "birthdate", "birthday", "born on", "born", "geburtsdatum", "geboren am", "fecha de nacimiento", "date de naissance", "né le", "née le", "data di nascita", "data de nascimento"],
            ["dob", "dateofbirth", "birthdate", "birthday", "birthdatetime", "dateofbirthday", "bday", "geburtsdatum", "fechadenacimiento", "fechanacimiento", "datenaissance", "datadinascita", "datanascimento"],
            Shapes.Date),
        new(Kinds.BankAccount, Confidence.Medium,
            ["bank account", "account number", "account no", "acct number", "acct no", "checking account", "savings account", "acct", "a/c no", "kontonummer", "numero de cuenta", "número de cuenta"],
            ["acct", "bankacct", "bankaccount", "bankaccountnumber", "bankaccountno", "accountnumber", "accountno", "acctnumber", "acctno", "acctnum", "accountnum", "checkingaccount", "savingsaccount", "kontonummer", "beneficiaryaccount", "beneficiaryaccountnumber", "destinationaccountnumber"],
            Shapes.Number(6, 17)),
        new(Kinds.BankAccount, Confidence.Medium, ["account"], ["number"], Shapes.Number(6, 17), Near: new("bank", "bank account", "routing", "wire", "sort code")),
        new(Kinds.NationalId, Confidence.Medium,
            ["national id", "national identity", "national identification", "identity card", "id card number", "personal identification number", "personalausweis", "ausweis", "ausweisnummer", "cédula", "carte d'identité", "carta d'identità"],
            ["nationalid", "nationalidnumber", "nationalidentitynumber", "nationalidentificationnumber", "identitycard", "identitynumber", "idcardnumber", "personalid", "citizenid", "governmentid", "govid", "idnumber"],
            Shapes.Code(7, 20, 5)),
        new(Kinds.TaxId, Confidence.Medium,
            ["tax id", "tax identification", "taxpayer id", "ein", "employer identification", "vat number", "vat id", "vat no", "partita iva", "gstin"],
            ["taxid", "taxnumber", "taxidnumber", "taxidentificationnumber", "taxpayerid", "taxpayernumber", "tin", "ein", "vatnumber", "vatid", "gstin", "pannumber", "steuernummer", "steuerid"],
            Shapes.CodeButNotGroupedLikeSsn(8, 20, 6)),
        new(Kinds.UsSsn, Confidence.Medium, [], ["ssn", "socialsecurity", "socialsecuritynumber", "ssnumber"], Shapes.Number(9, 9)),
    ];

    public static readonly IReadOnlyList<Detector> Detectors = [.. Rows.SelectMany(row => row.Detectors())];
}
