import { Option } from 'commander';
import { extraFormats } from '../reports/formats.js';

/** `--format`, alike for every verb that writes a folder. */
export function formatOption(): Option {
  return new Option('--format <formats...>', 'also tables as csv, parquet or one xlsx, charts as png').choices(
    extraFormats,
  );
}
