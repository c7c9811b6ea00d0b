namespace Interven.Engine.Policies.Documents;

enum DocumentKind : byte { Object, List, String, Number, Boolean, Null }

/// <summary>A value of a policy document, whether it was written in JSON or YAML.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Line">Where it stands, from 1.</param>
/// <param name="Column">Where it stands, from 1.</param>
sealed record DocumentValue(DocumentKind Kind, int Line, int Column)
{
    /// <summary>A string's text, a number's lexeme (JSON grammar), or <c>true</c> or <c>false</c>.</summary>
    public string Text { get; init; } = "";

    public List<DocumentValue> Items { get; } = [];

    public List<KeyValuePair<string, DocumentValue>> Members { get; } = [];
}
