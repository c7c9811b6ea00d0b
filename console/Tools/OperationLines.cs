using Interven.Console.Pieces;
using Interven.Contracts.Tools;

namespace Interven.Console.Tools;

/// <summary>Operations as people type them, one a line: name, verb, category (<c>-</c> for none), and where it is a route its method and path.</summary>
static class OperationLines
{
    const string None = "-";

    public static string Write(IEnumerable<ToolOperation> operations) =>
        string.Join('\n', operations.Select(one => $"{one.Name} {one.Verb} {one.Category ?? None} {string.Join(", ", one.Routes ?? [])}".Trim()));

    /// <summary>Other names have no place in a line: an operation keeps those that it had before.</summary>
    public static IReadOnlyList<ToolOperation> Read(string text, IReadOnlyList<ToolOperation> before) => [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries))
        .Select(parts => new ToolOperation(parts[0], parts.ElementAtOrDefault(1), parts.ElementAtOrDefault(2) is { } category and not None ? category : null,
            parts.Length > 3 ? Lines.Of(parts[3]) : null, before.FirstOrDefault(one => one.Name == parts[0])?.Names))];
}
