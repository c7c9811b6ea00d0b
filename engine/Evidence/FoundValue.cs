using Interven.Contracts;

namespace Interven.Engine.Evidence;

/// <summary>One value that was found, as it is answered and recorded: never the value itself.</summary>
/// <param name="Kind">snake_case.</param>
/// <param name="Classes">All classes of the kind.</param>
/// <param name="Path">JSON path in the body, or <c>url</c>, or <c>headers.name</c>, or <c>context</c>.</param>
/// <param name="Confidence">How sure.</param>
/// <param name="Count">How often this very value stands at this path.</param>
/// <param name="Fingerprint">Keyed: recognises the value again within the tenant.</param>
public sealed record FoundValue(string Kind, DataClasses Classes, string Path, Confidence Confidence, int Count, Fingerprint Fingerprint)
{
    static readonly DataClasses[] Gravest = [DataClasses.Secrets, DataClasses.Pci, DataClasses.Phi, DataClasses.Pii, DataClasses.Internal];

    /// <summary>The gravest of the classes, as the one word of the answer.</summary>
    public string DataClass => Array.Find(Gravest, one => (Classes & one) != 0).EachWord().FirstOrDefault("NONE");
}
