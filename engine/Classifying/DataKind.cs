using Interven.Contracts;

namespace Interven.Engine.Classifying;

/// <summary>A kind of sensitive data: one row of the catalogue.</summary>
/// <param name="Name">snake_case, as in findings and policies (<c>credit_card</c>).</param>
/// <param name="Classes">The data classes it is reported as.</param>
/// <param name="Severity">Harm if it gets out, 0 to 1: the classifier engine's weight.</param>
/// <param name="Vendor">Vendor word for credentials (<c>slack</c>), so that a credential sent to its own vendor sets no class; null for other data.</param>
public sealed record DataKind(string Name, DataClasses Classes, double Severity, string? Vendor = null)
{
    /// <summary>
    /// The classes that rules may know it by: card data identifies its holder, so a rule on PII takes it too, while answers name the graver PCI alone.
    /// </summary>
    public DataClasses RuleClasses { get; } = (Classes & DataClasses.Pci) != 0 ? Classes | DataClasses.Pii : Classes;

    /// <summary>What replaces a match: <c>[REDACTED:CREDIT_CARD]</c>.</summary>
    public string Redaction { get; } = $"[REDACTED:{Name.ToUpperInvariant()}]";
}
