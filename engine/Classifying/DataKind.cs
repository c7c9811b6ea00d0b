using Interven.Contracts;

namespace Interven.Engine.Classifying;

/// <summary>A kind of sensitive data: one row of the catalogue.</summary>
/// <param name="Name">snake_case, as in findings and policies (<c>credit_card</c>).</param>
/// <param name="Classes">The data classes it belongs to; a card number is PCI and PII.</param>
/// <param name="Severity">Harm if it gets out, 0 to 1: the classifier engine's weight.</param>
/// <param name="Vendor">Vendor word for credentials (<c>slack</c>), so that a credential sent to its own vendor sets no class; null for other data.</param>
public sealed record DataKind(string Name, DataClasses Classes, double Severity, string? Vendor = null)
{
    /// <summary>What replaces a match: <c>[REDACTED:CREDIT_CARD]</c>.</summary>
    public string Redaction { get; } = $"[REDACTED:{Name.ToUpperInvariant()}]";
}
