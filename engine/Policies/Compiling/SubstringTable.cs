using System.Buffers;
using Interven.Engine.Reading;

namespace Interven.Engine.Policies.Compiling;

/// <summary>All texts that a set's rules look for in bodies, searched for together.</summary>
sealed class SubstringTable
{
    readonly Dictionary<string, int> ids = new(StringComparer.OrdinalIgnoreCase);
    ulong[] none = [];
    SearchValues<string>? any;
    SubstringAutomaton? automaton;

    /// <summary>The number of <paramref name="text"/> in the table. Only before <see cref="Seal"/>.</summary>
    public int Add(string text)
    {
        if (!ids.TryGetValue(text, out var id))
            ids.Add(text, id = ids.Count);
        return id;
    }

    /// <summary>Ends adding and builds what searches.</summary>
    public void Seal()
    {
        none = new ulong[(ids.Count + 63) / 64];
        if (ids.Count == 0)
            return;
        any = SearchValues.Create([.. ids.Keys], StringComparison.OrdinalIgnoreCase);
        automaton = new([.. ids.OrderBy(pair => pair.Value).Select(pair => pair.Key)]);
    }

    /// <summary>Which texts stand in a key or value of the body, plain or decoded, as bits.</summary>
    public ulong[] FindIn(ScanText text)
    {
        // The whole buffer at once says "none of them" at memory speed, which is the answer for most calls.
        if (any is null || !text.Chars.ContainsAny(any))
            return none;
        ulong[]? found = null;
        for (var segment = 0; segment < text.Segments.Length; segment++)
        {
            if (text.Segments[segment].Origin is not (TextOrigin.BodyKey or TextOrigin.BodyValue))
                continue;
            var span = text.TextOf(segment);
            if (span.ContainsAny(any))
                automaton!.Mark(span, found ??= new ulong[none.Length]);
        }
        return found ?? none;
    }
}
