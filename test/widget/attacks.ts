/** Offer texts that try to do more than be read. Each must come out as harmless as `expected` says, or as plain text. */

/** Sets this on the window if it ever runs. */
export const BREACH = 'breached';

const run = `window.${BREACH}=true`;

export const ATTACKS: readonly string[] = [
  // Scripts, and what loads or runs like one.
  `<script>${run}</script>`,
  `<SCRIPT SRC="data:text/javascript,${run}"></SCRIPT>`,
  `<script type="module">${run}</script >x`,
  `<scr<script>ipt>${run}</scr</script>ipt>`,
  `<iframe src="javascript:${run}"></iframe>`,
  `<iframe srcdoc="<script>parent.${BREACH}=true</script>"></iframe>`,
  `<object data="data:text/html,<script>${run}</script>"></object>`,
  `<embed src="javascript:${run}">`,
  `<base href="https://evil.example/">`,
  `<meta http-equiv="refresh" content="0;url=javascript:${run}">`,
  `<link rel="stylesheet" href="https://evil.example/x.css">`,
  `<template><img src=x onerror="${run}"></template>`,
  `<div><template shadowrootmode="open"><img src=x onerror="${run}"></template></div>`,
  // Handlers.
  `<img src=x onerror="${run}">`,
  `<b onclick="${run}" onmouseover="${run}">bold</b>`,
  `<p onanimationstart="${run}" style="animation: x 1s">text</p>`,
  `<details open ontoggle="${run}">more</details>`,
  `<video><source onerror="${run}"></video>`,
  `<input autofocus onfocus="${run}">`,
  `<a href="https://ok.example" onclick="${run}">link</a>`,
  `<div tabindex=0 autofocus onfocus="${run}">focus</div>`,
  // Addresses.
  `<a href="javascript:${run}">a</a>`,
  `<a href=" \n jAvAsCrIpT:${run}">a</a>`,
  `<a href="java&#10;script:${run}">a</a>`,
  `<a href="&#x6A;avascript:${run}">a</a>`,
  `<a href="data:text/html,<script>${run}</script>">a</a>`,
  `<a href="vbscript:msgbox(1)">a</a>`,
  `<a href="blob:https://ok.example/1">a</a>`,
  `<a href="file:///etc/passwd">a</a>`,
  `<a href="https://ok.example" target="_top" rel="opener" ping="https://evil.example">a</a>`,
  // Other vocabularies.
  `<svg onload="${run}"><circle r="1"/></svg>`,
  `<svg><script>${run}</script></svg>`,
  `<svg><a xlink:href="javascript:${run}"><text y="9">x</text></a></svg>`,
  `<svg><foreignObject><p>out</p></foreignObject></svg>`,
  `<math><mtext><table><mglyph><style><img src=x onerror="${run}"></style></mglyph></table></mtext></math>`,
  `<math href="javascript:${run}">click</math>`,
  // Parsers that disagree.
  `<noscript><p title="</noscript><img src=x onerror=${run}>"></noscript>`,
  `<textarea><p title="</textarea><img src=x onerror=${run}>"></textarea>`,
  `<style><p title="</style><img src=x onerror=${run}>"></style>`,
  `<!--><img src=x onerror="${run}">-->`,
  `<![CDATA[<img src=x onerror="${run}">]]>`,
  `<p>a<?php echo 1 ?>b</p>`,
  `<b>&lt;img src=x onerror=${run}&gt;</b>`,
  `<form><div></form><form><b>in</b></form>`,
  `<table><td><b>cell</table>after`,
  `<frameset onload="${run}"></frameset>text`,
  // The page's own names, and its looks.
  `<a id="location" name="cookie" href="https://ok.example">a</a>`,
  `<p style="position:fixed;inset:0;background:url(https://evil.example/x)" class="modal" slot="unlocked">over</p>`,
  `<style>* { display: none }</style>text`,
  `<upgrade-offer token="x"></upgrade-offer><x-y is="z">text</x-y>`,
  `<button formaction="javascript:${run}">ok</button><slot name="unlocked">no</slot>`,
  // Templates of other languages are only text.
  `{{constructor.constructor('${run}')()}} \${${run}} <%= 1 %>`,
  `<`,
  `</p></div></template></body></html>text`,
];
