namespace Interven.Engine.Classifying.Internal;

/// <summary>What makes a marker classify the text that carries it; see <c>markers.yaml</c>.</summary>
enum MarkerUse : byte { Disclaimer, Notice, Standing, Status, Weak, Imperative, Passive }

/// <summary>The markers that Interven knows, from <c>markers.yaml</c>.</summary>
static class MarkerTable
{
    static readonly Dictionary<string, MarkerUse> Uses = Load();

    static readonly Dictionary<string, MarkerUse>.AlternateLookup<ReadOnlySpan<char>> Lookup = Uses.GetAlternateLookup<ReadOnlySpan<char>>();

    public static string[] Phrases => [.. Uses.Keys];

    public static MarkerUse UseOf(ReadOnlySpan<char> phrase) => Lookup.TryGetValue(phrase, out var use) ? use : MarkerUse.Weak;

    static Dictionary<string, MarkerUse> Load()
    {
        var uses = new Dictionary<string, MarkerUse>(StringComparer.OrdinalIgnoreCase);
        foreach (var (use, phrases) in Tables.Read<Dictionary<string, string[]>>("Classifying/Internal/markers.yaml"))
            foreach (var phrase in phrases)
                uses.Add(phrase, Enum.Parse<MarkerUse>(use, ignoreCase: true));
        return uses;
    }
}
