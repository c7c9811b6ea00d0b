using System.Buffers;
using Interven.Engine.Reading;

namespace Interven.Engine.Classifying.Scanning;

/// <summary>Finds single ASCII characters that detectors wait for.</summary>
sealed class CharacterTable
{
    readonly SearchValues<char> wanted;
    readonly Detector[][] byCharacter = new Detector[128][];

    public CharacterTable(IEnumerable<Detector> detectors)
    {
        var groups = detectors.Where(d => d.Trigger is Trigger.Character).ToLookup(d => ((Trigger.Character)d.Trigger).Value);
        foreach (var group in groups)
            byCharacter[group.Key] = [.. group];
        wanted = SearchValues.Create([.. groups.Select(group => group.Key)]);
        IsEmpty = groups.Count == 0;
    }

    public bool IsEmpty { get; }

    public void Scan(ReadOnlySpan<char> span, ScanText text, int segment, FindingList findings)
    {
        for (var at = 0; at < span.Length; at++)
        {
            var next = span[at..].IndexOfAny(wanted);
            if (next < 0)
                return;
            at += next;
            foreach (var detector in byCharacter[span[at]])
                detector.Inspect(new Probe(text, segment, at, 1, findings));
        }
    }
}
