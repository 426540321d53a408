/** A text as a regular expression that matches it alone, for Istio's RE2 as for JavaScript. */
export const literal = (text: string): string => text.replace(/[^\w/:-]/g, '\\$&');
