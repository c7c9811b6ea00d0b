using Interven.Contracts.Errors;

namespace Interven.GrainInterfaces;

/// <summary>An expected outcome: a value, or a refusal with its reason. Exceptions are bugs.</summary>
[GenerateSerializer, Immutable, Alias("reply`1")]
public sealed class Reply<T>
{
    [Id(0)] public T? Value { get; init; }

    [Id(1)] public Refusal? Refusal { get; init; }

    public static implicit operator Reply<T>(T value) => new() { Value = value };

    public static implicit operator Reply<T>(Refusal refusal) => new() { Refusal = refusal };
}

/// <summary>Why something was not done.</summary>
/// <param name="Status">The HTTP status that says it.</param>
/// <param name="Reason">One of <see cref="Contracts.ReasonCodes"/>.</param>
/// <param name="Detail">One sentence for people; never a value of the input.</param>
/// <param name="Errors">The fields at fault.</param>
/// <param name="RetryAfterSeconds">When to try again; null where that makes no sense.</param>
/// <param name="Outcome">How it ended, where somebody else was first.</param>
[GenerateSerializer, Immutable, Alias("refusal")]
public sealed record Refusal(
    [property: Id(0)] int Status,
    [property: Id(1)] string Reason,
    [property: Id(2)] string Detail,
    [property: Id(3)] IReadOnlyList<FieldError>? Errors = null,
    [property: Id(4)] int? RetryAfterSeconds = null,
    [property: Id(5)] string? Outcome = null);

/// <summary>Stands for "done" where there is nothing to say.</summary>
[GenerateSerializer, Immutable, Alias("done")]
public sealed record Done
{
    public static readonly Done It = new();
}
