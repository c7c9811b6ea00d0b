using System.Text.RegularExpressions;

namespace Interven.Engine.Policies.Documents;

/// <summary>The catalogue of compliance tags: <c>FAMILY</c> or <c>FAMILY:control</c>, from <c>compliance-tags.yaml</c>.</summary>
public static class ComplianceTags
{
    static readonly Dictionary<string, (ComplianceFamily Family, Regex Control)> ByName = Load();

    /// <summary>The families that are known.</summary>
    public static IReadOnlyList<ComplianceFamily> Families { get; } = [.. ByName.Values.Select(entry => entry.Family)];

    /// <summary>What is wrong with a tag, or null.</summary>
    public static string? FaultOf(string tag)
    {
        var colon = tag.IndexOf(':', StringComparison.Ordinal);
        var family = colon < 0 ? tag : tag[..colon];
        if (!ByName.TryGetValue(family, out var known))
            return $"`{ValueAt.Shown(family)}` is no compliance framework that is known.{Suggestion.For(family, ByName.Keys)}";
        return colon < 0 || known.Control.IsMatch(tag.AsSpan(colon + 1))
            ? null
            : $"`{ValueAt.Shown(tag)}` names no control of {known.Family.Title}; an example is `{known.Family.Example}`.";
    }

    static Dictionary<string, (ComplianceFamily, Regex)> Load()
    {
        using var stream = typeof(ComplianceTags).Assembly.GetManifestResourceStream("Policies/compliance-tags.yaml")!;
        using var reader = new StreamReader(stream);
        var rows = YamlPolicy.Read(reader.ReadToEnd(), [])!;
        return rows.Items.ToDictionary(row => Field(row, "family"), row =>
            (new ComplianceFamily(Field(row, "family"), Field(row, "title"), Field(row, "example")),
                new Regex($@"\A({Field(row, "control")})\z", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)));
    }

    static string Field(DocumentValue row, string name) => row.Members.First(member => member.Key == name).Value.Text;
}

/// <summary>One framework.</summary>
public sealed record ComplianceFamily(string Name, string Title, string Example);
