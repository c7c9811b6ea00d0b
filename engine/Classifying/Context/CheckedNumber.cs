using Interven.Engine.Classifying.Checksums;

namespace Interven.Engine.Classifying.Context;

/// <summary>One row of a table of numbers that are all digits and have check digits.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Lengths">Numbers of digits it may have.</param>
/// <param name="IsValid">Its check digits and ranges.</param>
/// <param name="Words">Words that name it.</param>
/// <param name="Mask">A way of writing it that is its own (<c>999.999.999-99</c>) and needs no word; null for none.</param>
sealed record CheckedNumber(DataKind Kind, int[] Lengths, DigitCheck IsValid, WordSet Words, string? Mask = null);
