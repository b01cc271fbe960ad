/** One message in HTML that was written to hide, to run, to lead astray or to break the layout. */
export interface NastyMessage {
  readonly name: string;
  readonly html: string;
  /** All that is to be shown of it. */
  readonly text: string;
  /** What of the text is a link, and where it leads; nothing else is one. */
  readonly links?: readonly (readonly [string, string])[];
}

const SPAN = `<span style="font-family:'Segoe UI';font-size:10pt;color:#000000;">`;
const DEEP = 10_000;

/** Written for this project. Nothing of it is ever run or rendered. */
export const NASTY_MESSAGES: readonly NastyMessage[] = [
  // What Skype for Business and Outlook send.
  {
    name: "the spans and divisions of Skype for Business",
    html: `<div>${SPAN}Good morning&#33; Is&nbsp;the report <b>ready</b>?</span></div><div>${SPAN}Ada</span></div>`,
    text: "Good morning! Is the report ready?\n\nAda",
  },
  {
    name: "the conditional comments of Outlook",
    html: `<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]--><![if !mso]><p class=MsoNormal>See you<o:p></o:p></p><![endif]><!--[if !mso]><!-->there<!--<![endif]-->`,
    text: "See you\nthere",
  },
  {
    name: "a whole page of Word",
    html: `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8"><title>Report</title><style><!-- p.MsoNormal {margin:0} --></style></head><body lang=EN-GB link="#0563C1"><p class=MsoNormal><span lang=DE>Grüße,</span></p><p>Ben</p></body></html>`,
    text: "Grüße,\n\nBen",
  },
  // What runs.
  {
    name: "scripts",
    html: `a<script>alert(1)</script>b<SCRIPT SRC=//evil.example/x.js></SCRIPT >c`,
    text: "abc",
  },
  {
    name: "a script in a script",
    html: "<scr<script>ipt>alert(1)</scr</script>ipt>",
    text: "ipt>alert(1)ipt>",
  },
  { name: "a script that never ends", html: `Hello<script>document.title="x"`, text: "Hello" },
  { name: "a script whose name holds a NUL", html: "<scr\0ipt>1</scr\0ipt>2", text: "12" },
  {
    name: "event handlers",
    html: `<img src=x onerror="alert('>')"><b onmouseover='x(">")'>Look</b>`,
    text: "Look",
  },
  {
    name: "handlers on what needs no click",
    html: `<body onload=x()><details open ontoggle=x()>a<input autofocus onfocus=x()><video><source onerror=x()></video>`,
    text: "a",
  },
  { name: "frames", html: `a<iframe srcdoc="<script>x()</script>">no frames</iframe>b`, text: "ab" },
  {
    name: "objects",
    html: `a<object data="data:text/html,x">b</object><embed src=x>c<applet code=x></applet>`,
    text: "ac",
  },
  {
    name: "SVG",
    html: `<svg onload=x()><title>t</title><script>x()</script><text x="0">drawn</text></svg>`,
    text: "drawn",
  },
  {
    name: "SVG that animates a link",
    html: `<svg><a><animate attributeName=href values=javascript:x() /><text>press</text></a></svg>`,
    text: "press",
  },
  {
    name: "MathML around a style",
    html: `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=x()&gt;">2+2`,
    text: "2+2",
  },
  {
    name: "a page that reloads",
    html: `<meta http-equiv=refresh content="0;url=javascript:x()"><base href=//evil.example>ok`,
    text: "ok",
  },
  {
    name: "a template, and what is for browsers without scripts",
    html: `a<template><b>x</b></template><noscript><i>y</i></noscript>b`,
    text: "ab",
  },
  {
    name: "instructions, declarations and character data",
    html: `<?php x() ?><!DOCTYPE x [<!ENTITY a "b">]><![CDATA[<b>]]>c`,
    text: "]>]]>c",
  },
  // What leads somewhere.
  {
    name: "a javascript: link",
    html: `<a href="javascript:x()">Payslip</a> javascript:x()`,
    text: "Payslip javascript:x()",
  },
  {
    name: "a data: link",
    html: `<a href="data:text/html,<script>x()</script>">a</a> data:text/html,b`,
    text: "a data:text/html,b",
  },
  {
    name: "a file: link",
    html: `<a href="file:///etc/passwd">f</a> file:///etc/passwd \\\\evil.example\\share`,
    text: "f file:///etc/passwd \\\\evil.example\\share",
  },
  {
    name: "links to programs",
    html: `ms-msdt:/id vbscript:x sip:ada@example.test tel:+1 doorbell:ada@example.test`,
    text: "ms-msdt:/id vbscript:x sip:ada@example.test tel:+1 doorbell:ada@example.test",
  },
  {
    name: "a scheme in pieces",
    html: `java&#10;script:x() java&Tab;script:x() &#106;avascript&colon;x()`,
    text: "java\nscript:x() java\tscript:x() javascript:x()",
  },
  {
    name: "a link that says another address than its own",
    html: `<a href="https://evil.example/login">https://bank.example/</a>`,
    text: "https://bank.example/",
    links: [["https://bank.example/", "https://bank.example/"]],
  },
  {
    name: "a name before the host",
    html: `https://bank.example@evil.example/`,
    text: "https://bank.example@evil.example/",
  },
  {
    name: "a host of letters that look like others",
    html: `https://b&#1072;nk.example/a`,
    text: "https://bаnk.example/a",
    links: [["https://bаnk.example/a", "https://xn--bnk-6cd.example/a"]],
  },
  {
    name: "an address that is turned round",
    html: `https://example.test/&#x202E;cod.exe`,
    text: "https://example.test/cod.exe",
    links: [["https://example.test/cod.exe", "https://example.test/cod.exe"]],
  },
  {
    name: "links of all three kinds that may be one",
    html: `<p>http://a.example/?x=1&amp;y=2,</p><p>HTTPS://B.example</p><p>mailto:ada@c.example?attach=/etc/passwd</p>`,
    text: "http://a.example/?x=1&y=2,\n\nHTTPS://B.example\n\nmailto:ada@c.example?attach=/etc/passwd",
    links: [
      ["http://a.example/?x=1&y=2", "http://a.example/?x=1&y=2"],
      ["HTTPS://B.example", "https://b.example/"],
      ["mailto:ada@c.example?attach=/etc/passwd", "mailto:ada@c.example"],
    ],
  },
  {
    name: "an address in markup that was escaped",
    html: `&lt;a href="javascript:x()"&gt;https:/&lt;/a&gt;`,
    text: `<a href="javascript:x()">https:/</a>`,
  },
  // What style sheets do.
  {
    name: "styles",
    html: `<style>body{background:url(//evil.example/x)}</style><link rel=stylesheet href=x>a<style>b`,
    text: "a",
  },
  {
    name: "style attributes",
    html: `<p style="position:fixed;inset:0;background:url(javascript:x())">over</p>`,
    text: "over",
  },
  {
    name: "a text that styles hide from the eye",
    html: `Pay <span style="display:none;font-size:0">not </span>now`,
    text: "Pay not now",
  },
  // What is put together wrongly.
  { name: "tags that cross and never end", html: `<b><i>one</b></i></p></div><u>two`, text: "one\n\ntwo" },
  { name: "a tag that ends the text", html: `before <a href="https://evil.example`, text: "before" },
  { name: "quotes that never end", html: `<b title='x>a</b> <i title=">b`, text: "" },
  { name: "signs that begin no tag", html: "1 < 2 <3 a<b <> </ 4>5", text: "1 < 2 <3 a 5" },
  { name: "comments of odd forms", html: `a<!-->b<!--->c<!-- -- ->d-->e<!--x--!>f`, text: "abce" },
  {
    name: "ten thousand elements in each other",
    html: `${"<div><b>".repeat(DEEP)}deep${"</b></div>".repeat(DEEP)}`,
    text: "deep",
  },
  { name: "ten thousand attributes", html: `<p ${"a=b ".repeat(DEEP)}>many</p>`, text: "many" },
  {
    name: "a tag in the value of a tag in the value of a tag",
    html: `<a title="<b title='<i>'>">in</a>`,
    text: "in",
  },
  // Characters.
  {
    name: "entities in entities",
    html: "&amp;lt;script&amp;gt; &amp;amp;amp; &#38;lt;b&#38;gt;",
    text: "&lt;script&gt; &amp;amp; &lt;b&gt;",
  },
  {
    name: "entities that are none",
    html: "&; &#; &#x; &nosuch; &#xD800; &#1114112; &lt",
    text: "&; &#; &#x; &nosuch; \uFFFD \uFFFD <",
  },
  {
    name: "NUL and other control characters",
    html: "a\0b\u0007c\u001B[31md\u009B2Je&#27;]0;x&#7;&#0;f",
    text: "abc[31md2Je]0;x\uFFFDf",
  },
  {
    name: "overrides and isolates of direction",
    html: "\u202Eabc\u202C \u2066d\u2069 &#8238;e&rlm;f\u061Cg&lrm;",
    text: "abc d efg",
  },
  {
    name: "a text from right to left, which stays",
    html: "<p dir=rtl>שלום &amp; مرحبا 12:30</p>",
    text: "שלום & مرحبا 12:30",
  },
  {
    name: "characters without a width",
    html: "pass\u200Bword&ZeroWidthSpace; so&shy;ft\uFEFF\u2060 a&zwj;&zwnj; b",
    text: "password soft a b",
  },
  { name: "a message in invisible tags", html: "ok\u{E0065}\u{E0076}\u{E0069}\u{E006C}", text: "ok" },
  {
    name: "emoji that are joined, and a flag of tags",
    html: "👩🏽‍💻 &#128105;&#8205;&#128187; 🏴\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F} ❤️",
    text: "👩🏽‍💻 👩‍💻 🏴\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F} ❤️",
  },
  {
    name: "a letter with two thousand marks",
    html: `Z${"\u0335".repeat(2_000)}algo`,
    text: `Z${"\u0335".repeat(8)}algo`,
  },
  {
    name: "blanks of every kind",
    html: "a&nbsp;&nbsp;b&emsp;c\u3000d\u2800e&#12644;f",
    text: "a  b\u2003c\u3000def",
  },
  {
    name: "line ends of every kind",
    html: "a\r\nb\u2028c&#13;&#10;d&#133;e&NewLine;f",
    text: "a b\nc\nd…e\nf",
  },
  { name: "a word without an end", html: `<b>${"x".repeat(20_000)}</b>`, text: `${"x".repeat(16_383)}…` },
  {
    name: "a line of another",
    html: "Hello<br>Ben: I resign<br>12:00:00 you: yes",
    text: "Hello\nBen: I resign\n12:00:00 you: yes",
  },
  // What has a form of its own.
  {
    name: "a table",
    html: `<table><thead><tr><th>Day</th><th>Time</th></tr></thead><tr><td>Mon</td><td>9:00</td></tr></table>`,
    text: "Day\tTime\n\nMon\t9:00",
  },
  {
    name: "lists in lists",
    html: `<ul><li>one<ol><li>two</li><li>three</li></ol></li><li>four</li></ul>`,
    text: "one\n\ntwo\n\nthree\n\nfour",
  },
  {
    name: "a quotation, a rule and headings",
    html: `<h1>Title</h1><blockquote>said</blockquote><hr>answer`,
    text: "Title\n\nsaid\n\nanswer",
  },
  {
    name: "fields and buttons",
    html: `<form action=//evil.example><input value=secret><button>Sign in</button></form>`,
    text: "Sign in",
  },
];
