using System.Text;
using System.Text.Unicode;
using Interven.Engine.Policies.Documents;

namespace Interven.Engine.Policies;

/// <summary>How a policy document is written.</summary>
public enum PolicyFormat : byte { Json, Yaml }

/// <summary>
/// Reads policy documents and reports everything that is wrong at once. A document is taken whole or not at all: a policy that could not
/// be read never becomes a policy that never matches. Never throws for any input.
/// </summary>
public static class PolicyReader
{
    /// <summary>Longest document taken, in bytes.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>Reads UTF-8 text; what starts as JSON starts (<c>[</c>, or <c>{</c> before a quote or <c>}</c>) is JSON, anything else YAML.</summary>
    public static PolicyReading Read(ReadOnlyMemory<byte> utf8) => Read(utf8, LooksLikeJson(utf8.Span) ? PolicyFormat.Json : PolicyFormat.Yaml);

    public static PolicyReading Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    public static PolicyReading Read(ReadOnlyMemory<byte> utf8, PolicyFormat format)
    {
        var problems = new List<PolicyProblem>();
        var root = utf8.Length > MaxBytes ? Refuse(problems, $"The document is longer than {MaxBytes} bytes.")
            : format == PolicyFormat.Json ? JsonPolicy.Read(utf8, problems)
            : !Utf8.IsValid(utf8.Span) ? Refuse(problems, "The document is not valid UTF-8.")
            : YamlPolicy.Read(Encoding.UTF8.GetString(utf8.Span), problems);
        if (root is null)
            return new(null, problems, []);
        var document = DocumentReader.Read(new(root, "$", problems));
        return document is null || problems.Count > 0 ? new(null, problems, []) : new(document, [], Lints.For(document));
    }

    static DocumentValue? Refuse(List<PolicyProblem> problems, string message)
    {
        problems.Add(new("$", message));
        return null;
    }

    static bool LooksLikeJson(ReadOnlySpan<byte> utf8)
    {
        var text = utf8.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty || text[0] != (byte)'{')
            return !text.IsEmpty && text[0] == (byte)'[';
        text = text[1..].TrimStart(" \t\r\n"u8);
        return text.IsEmpty || text[0] is (byte)'"' or (byte)'}';
    }
}
