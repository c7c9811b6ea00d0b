namespace Interven.Engine.Reading;

/// <summary>Why a text is not JSON that Interven takes.</summary>
/// <param name="Path">JSON path of the value at fault, as far as it is known.</param>
/// <param name="Message">One sentence for the caller. Never carries a value of the input.</param>
public sealed record JsonProblem(string Path, string Message);
