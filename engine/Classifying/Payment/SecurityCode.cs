using Interven.Contracts;
using Interven.Engine.Classifying.Context;

namespace Interven.Engine.Classifying.Payment;

/// <summary>Card verification values: three or four digits after a word or in a field that says so.</summary>
static class SecurityCode
{
    const int FewestOfACard = 13;

    static readonly WordSet Card = new("credit card", "debit card", "card number", "visa", "mastercard", "amex", "expiry", "expires");

    static readonly string[] Labels = ["cvv", "cvc", "cvv2", "cvc2", "csc code", "card security code", "card verification"];

    static readonly string[] Fields =
        ["cvv", "cvc", "cvv2", "cvc2", "cvn", "cid2", "cardcvv", "cardcvc", "cvvcode", "cvccode", "cvvnumber", "cardsecuritycode", "cardverificationvalue", "cardverificationcode"];

    public static readonly IReadOnlyList<Detector> Detectors =
    [
        new("card_security_code", new Trigger.Keywords(Labels), InText),
        new("card_security_code_words", new Trigger.Keywords(["security code"]), BesideCard),
        new("card_security_code_field", new Trigger.FieldName(Fields), InField),
    ];

    static void InText(in Probe probe)
    {
        var end = probe.At + probe.Length;
        if (Chars.IsWord(Chars.At(probe.Text, probe.At - 1)) || char.IsLetter(Chars.At(probe.Text, end)))
            return;
        var at = LeadIn.ValueAfter(probe.Text, end);
        if (at >= 0 && at > end)
            Report(probe, at, Chars.TokenLength(probe.Text, at, 8));
    }

    /// <summary>Doors and one-time passwords have security codes too.</summary>
    static void BesideCard(in Probe probe)
    {
        if (Surroundings.BesideIn(probe.Text, probe.At, probe.Length, Card) || FiguresBefore(probe.Text, probe.At) >= FewestOfACard)
            InText(probe);
    }

    static int FiguresBefore(ReadOnlySpan<char> text, int end)
    {
        var count = 0;
        foreach (var c in text[Math.Max(0, end - 64)..end])
            count += char.IsAsciiDigit(c) ? 1 : 0;
        return count;
    }

    static void InField(in Probe probe) => Report(probe, 0, probe.Text.Length);

    static void Report(in Probe probe, int at, int length)
    {
        if (length is 3 or 4 && !probe.Text.Slice(at, length).ContainsAnyExceptInRange('0', '9'))
            probe.Report(Kinds.CardSecurityCode, Confidence.Medium, at, length);
    }
}
