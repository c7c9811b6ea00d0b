using System.Diagnostics.CodeAnalysis;
using Interven.Contracts.Errors;

namespace Interven.Console.Http;

/// <summary>What the API answered: a value, or the problem that it named.</summary>
public sealed record Answer<T>(T? Value, Problem? Problem)
{
    [MemberNotNullWhen(true, nameof(Value)), MemberNotNullWhen(false, nameof(Problem))]
    public bool IsOk => Problem is null;
}

/// <summary>The value of an answer without a body.</summary>
public sealed record Nothing
{
    public static readonly Nothing Value = new();
}
