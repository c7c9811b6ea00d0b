using Interven.Contracts;

namespace Interven.Engine.Classifying.Personal;

/// <summary>Names and postal addresses, told by the name of their field. In running text they are not looked for: nothing short of a language model does it without noise.</summary>
static class NamedFields
{
    static readonly string[] NameFields =
    [
        "firstname", "lastname", "surname", "givenname", "familyname", "middlename", "maidenname", "fullname", "customername", "clientname", "patientname", "employeename",
        "cardholder", "cardholdername", "nameoncard", "accountholder", "accountholdername", "beneficiaryname", "passengername", "guestname", "contactname", "recipientname",
        "payeename", "applicantname", "candidatename", "membername", "emergencycontactname", "spousename", "mothersmaidenname", "legalname", "personname",
    ];

    static readonly string[] AddressFields =
    [
        "address", "address1", "address2", "addressline1", "addressline2", "streetaddress", "street", "street1", "homeaddress", "mailingaddress", "billingaddress", "shippingaddress",
        "postaladdress", "residentialaddress", "deliveryaddress", "customeraddress", "currentaddress", "permanentaddress",
    ];

    public static readonly IReadOnlyList<Detector> Detectors =
    [
        new("person_name_field", new Trigger.FieldName(NameFields), Name),
        new("postal_address_field", new Trigger.FieldName(AddressFields), Address),
    ];

    /// <summary>One to five words of letters, the first a capital, as names are written.</summary>
    static void Name(in Probe probe)
    {
        var text = probe.Text.Trim();
        if (text.Length is < 2 or > 80 || !char.IsLetter(text[0]) || char.IsLower(text[0]) || text.Count(' ') > 5)
            return;
        foreach (var c in text)
            if (!(char.IsLetter(c) || c is ' ' or '-' or '\'' or '\u2019' or '.' or ',' || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark))
                return;
        probe.Report(Kinds.PersonName, Confidence.Medium, 0, probe.Text.Length);
    }

    /// <summary>A house or box number and a word: neither a URL, a host, an e-mail nor a wallet.</summary>
    static void Address(in Probe probe)
    {
        var text = probe.Text;
        if (text.Length is < 6 or > 250 || text.ContainsAny('@', ':', '{') || !text.Trim().Contains(' ') && !text.Contains('\n'))
            return;
        var (hasDigit, letters) = (false, 0);
        foreach (var c in text)
        {
            hasDigit |= char.IsDigit(c);
            letters += char.IsLetter(c) ? 1 : 0;
        }
        if (hasDigit && letters >= 4)
            probe.Report(Kinds.PostalAddress, Confidence.Medium, 0, text.Length);
    }
}
