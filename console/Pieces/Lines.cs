namespace Interven.Console.Pieces;

/// <summary>Lists as people type them: one a line, or between commas.</summary>
static class Lines
{
    public static List<string> Of(string? text) => [.. (text ?? "").Split(['\n', '\r', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    public static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
