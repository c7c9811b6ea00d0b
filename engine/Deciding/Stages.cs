using Interven.Contracts;
using Interven.Engine.Classifying;
using Interven.Engine.Normalising;
using Interven.Engine.Policies;
using Interven.Engine.Reading;

namespace Interven.Engine.Deciding;

/// <summary>What the pipeline asks of its neighbours, as functions of a tenant's snapshot.</summary>
/// <param name="Identify">URL, method and body → tool, operation, verb.</param>
/// <param name="ReadText">Lays out everything that is read for detection.</param>
/// <param name="Judge">Asks the compiled policies.</param>
/// <param name="Sanitise">The body without what was found.</param>
public sealed record Stages(Identify Identify, ReadText ReadText, Judge Judge, Sanitise Sanitise);

/// <summary>Null with a problem where the URL is none that can be normalised.</summary>
public delegate ToolCall? Identify(IncomingScan scan, out JsonProblem? problem);

/// <summary>
/// Fills <paramref name="into"/> with body, URL as sent (user information and fragment are read too), headers and context, plain and decoded; gives
/// the strings that are JSON themselves, which live as long as the text.
/// </summary>
public delegate IReadOnlyList<EmbeddedJson> ReadText(IncomingScan scan, ScanText into);

public delegate RuleVerdict Judge(PolicyFacts facts);

/// <summary>Redacts every finding of at least <paramref name="least"/> confidence, and <paramref name="fields"/> (JSON paths) whole. Null where that cannot be done.</summary>
public delegate SanitisedBody? Sanitise(JsonTree tree, int body, ScanText text, FindingList findings, Confidence least, IReadOnlyList<string> fields);

/// <param name="Json">The body in the shape it had.</param>
/// <param name="Redacted">Places redacted.</param>
public sealed record SanitisedBody(byte[] Json, int Redacted);
