import type { Channel, Language } from '../vocabulary';
import { gap } from './words';

/** A whole number with its groups of three: `412 318`, in Danish `412.318`, in English `412,318`. */
export function formatCount(count: number, language: Language, channel: Channel): string {
  const separator = { nb: gap(channel), nn: gap(channel), sv: gap(channel), da: '.', en: ',' }[
    language
  ];
  const digits = String(Math.abs(Math.trunc(count)));
  const grouped = inThrees(digits).join(separator);
  return count < 0 ? `-${grouped}` : grouped;
}

// By place: a pattern that looks ahead to the end at every digit is quadratic (S-13).
const inThrees = (digits: string): readonly string[] => {
  const first = digits.length % 3;
  const head = first > 0 ? [digits.slice(0, first)] : [];
  return [...head, ...(digits.slice(first).match(/\d{3}/g) ?? [])];
};

/** A share with one decimal: `97,4 %`, in English `97.4%`. The share of 1 is 100 %. */
export function formatShare(share: number, language: Language, channel: Channel): string {
  const percent = (share * 100).toFixed(1);
  return language === 'en' ? `${percent}%` : `${percent.replace('.', ',')}${gap(channel)}%`;
}

/** A count as the public is told it: rounded to two figures, 412,318 is 410,000. */
export function roundedCount(count: number): number {
  const unit = 10 ** Math.max(0, String(Math.trunc(count)).length - 2);
  return Math.round(count / unit) * unit;
}
