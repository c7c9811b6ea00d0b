namespace Interven.Console.Policies;

/// <summary>A key that a rule may have, as the form offers it.</summary>
public sealed record KeyChoice(string Name, string Meaning, string Example);
