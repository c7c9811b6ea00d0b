using System.Buffers;

namespace Interven.Engine.Reading;

/// <summary>
/// Undoes percent signs, HTML entities, backslash escapes and Unicode disguises in one pass over a text. The result maps back character by character.
/// </summary>
static class Unmasking
{
    static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(0, 128).Select(i => (char)i).Where(c => c is not ('%' or '&' or '\\'))]);

    /// <param name="text">The document.</param>
    /// <param name="segment">What to unmask.</param>
    /// <param name="percentToo">False where the text is a form, whose percent signs are undone pair by pair.</param>
    public static void Read(ScanText text, int segment, bool percentToo)
    {
        if (!text.TextOf(segment).ContainsAnyExcept(Plain))
            return;
        var one = text.Segments[segment];
        var pass = new UnmaskingPass(text, segment, (0, one.Length)) { PercentToo = percentToo };
        while (pass.Next(Plain))
            pass.UndoAny();
        pass.Finish();
        HiddenTags.Read(text, segment);
    }

    /// <summary>Undoes the one coding of a run (a nested JSON string, a form value) and gives the start and length of its text, or false where the budget is spent.</summary>
    public static bool TryRun(ScanText text, int carrier, (int Start, int Length) run, TextLayer layer, SearchValues<char> marks, out (int Start, int Length) decoded)
    {
        decoded = default;
        if (!text.Afford(run.Length))
            return false;
        var pass = new UnmaskingPass(text, carrier, run);
        while (pass.NextOf(marks))
            pass.UndoOne(layer);
        decoded = pass.FlushAll();
        return true;
    }
}
