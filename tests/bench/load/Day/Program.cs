using Interven.Bench;

// A day of records for the console to be measured and pictured with: FOLDER COUNT; tests/bench/console/run.sh does it all.
await DayOfTraffic.Run(args[0], int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture));
