/** Lines of both texts: `-` only in the old one, `+` only in the new one, a space where they agree. */
export function lineDiff(before: string[], after: string[]): string[] {
  // common[i][j]: how many lines before.slice(i) and after.slice(j) share, in order.
  const common = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      common[i]![j] = before[i] === after[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
  const lines: string[] = [];
  for (let i = 0, j = 0; i < before.length || j < after.length;) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push(` ${before[i]}`);
      i++;
      j++;
    } else if (i < before.length && (j === after.length || common[i + 1]![j]! >= common[i]![j + 1]!))
      lines.push(`-${before[i++]}`);
    else
      lines.push(`+${after[j++]}`);
  }
  return lines;
}
