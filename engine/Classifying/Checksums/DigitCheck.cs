namespace Interven.Engine.Classifying.Checksums;

/// <summary>Judges the ASCII digits of a number.</summary>
delegate bool DigitCheck(ReadOnlySpan<char> digits);
