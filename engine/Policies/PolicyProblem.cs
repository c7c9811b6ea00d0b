namespace Interven.Engine.Policies;

/// <summary>One thing that is wrong with a policy document, or (as a warning) doubtful.</summary>
/// <param name="Path">JSON path of the value at fault, e.g. <c>$.rules[2].match.tool_name</c>.</param>
/// <param name="Message">What is wrong and what would be right, with words of the document in backticks.</param>
/// <param name="Line">Line in the text, from 1; null where unknown.</param>
/// <param name="Column">Column in the text, from 1; null where unknown.</param>
public sealed record PolicyProblem(string Path, string Message, int? Line = null, int? Column = null);

/// <summary>What came of reading a document: the document, or everything that is wrong with it.</summary>
/// <param name="Document">Null exactly where there are problems: a policy is refused whole.</param>
/// <param name="Problems">All problems, in document order.</param>
/// <param name="Warnings">Doubts that refuse nothing, such as a rule that can never match.</param>
public sealed record PolicyReading(PolicyDocument? Document, IReadOnlyList<PolicyProblem> Problems, IReadOnlyList<PolicyProblem> Warnings)
{
    public bool IsValid => Document is not null;
}
