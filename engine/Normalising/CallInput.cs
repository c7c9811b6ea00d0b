using Interven.Engine.Reading;

namespace Interven.Engine.Normalising;

/// <summary>What the caller sent, as far as it tells what the call is.</summary>
/// <param name="Method">HTTP method as given.</param>
/// <param name="Url">The URL in its normal form.</param>
/// <param name="Tree">The request document.</param>
/// <param name="Body">Node of the body in <paramref name="Tree"/>; -1 where there is none.</param>
/// <param name="Headers">Node of the headers; -1 where there are none. Only what names an action is looked at (<c>X-Amz-Target</c>, method overrides).</param>
/// <param name="GivenTool">The caller's <c>tool_name</c>: believed only where the URL is of no known tool.</param>
/// <param name="GivenOperation">The caller's <c>operation</c>: the same.</param>
public readonly record struct CallInput(
    string Method, NormalUrl Url, JsonTree Tree, int Body = -1, int Headers = -1, string? GivenTool = null, string? GivenOperation = null);
