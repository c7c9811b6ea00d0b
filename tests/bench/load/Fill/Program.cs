using Interven.Bench;

// Records for an export to be measured by: FOLDER COUNT; tests/bench/load/export.sh does it all.
await FillRecords.Run(args[0], int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture));
