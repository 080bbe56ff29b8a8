// The screen as a screen reader and a keyboard meet it: the ScreenModel as headings, text, tables and
// buttons. It keeps no state; a button sends the command that the canvas would send.
import { words } from './words.js';

const pace = 100;  // milliseconds between two updates while the screen keeps changing

const h = (tag, attributes, ...children) => ({ tag, attributes, children: children.flat().filter((child) => child) });

function button(action) {
  return h('button', {
    type: 'button', key: action.command, 'data-command': action.command, disabled: action.enabled ? null : '',
    'aria-pressed': action.pressed ? 'true' : null,
  }, action.label);
}

function place(action) {
  return h('li', { key: action.command }, h('button', {
    type: 'button', 'data-command': action.command, disabled: action.enabled ? null : '', 'aria-current': action.pressed ? 'page' : null,
  }, action.label));
}

function row(model, hasActions) {
  const cells = model.cells.map((text, i) => (i === 0 ? h('th', { scope: 'row' }, text) : h('td', {}, text)));
  return h('tr', { key: model.id, 'aria-current': model.selected ? 'true' : null }, cells,
    hasActions ? h('td', {}, model.actions.map(button)) : null);
}

function table(model) {
  const hasActions = model.rows.some((one) => one.actions.length > 0);
  const columns = hasActions ? [...model.columns, words['mirror.actions']] : model.columns;
  return h('table', { key: `table ${model.caption}` }, h('caption', {}, model.caption),
    h('thead', {}, h('tr', {}, columns.map((text) => h('th', { scope: 'col' }, text)))),
    h('tbody', {}, model.rows.map((one) => row(one, hasActions))));
}

function section(model, index) {
  return h('section', { key: `section ${index} ${model.heading}` }, model.heading ? h('h2', {}, model.heading) : null,
    model.paragraphs.map((text) => h('p', {}, text)), model.actions.map(button), model.tables.map(table));
}

function screen(model) {
  return [
    h('nav', { key: 'nav', 'aria-label': words['mirror.navigation'] }, h('ul', {}, model.navigation.map(place))),
    h('main', { key: 'main' }, h('h1', { tabindex: '-1' }, model.title), h('div', { key: 'status', role: 'status' }, model.status),
      model.progress >= 0 ? h('progress', { key: 'progress', 'aria-label': words['mirror.progress'], max: '1', value: String(model.progress) }) : null,
      model.sections.map(section)),
  ];
}

// ---- bringing the document in step: what stays the same keeps its node, so that focus and reading place stay.

function adopt(node, wanted) {
  const old = node.mirrored ?? {};
  for (const [name, value] of Object.entries(wanted.attributes)) {
    if (name === 'key' || old[name] === value) continue;
    if (value === null) node.removeAttribute(name);
    else node.setAttribute(name, value);
  }
  node.mirrored = wanted.attributes;
  patch(node, wanted.children);
}

function fits(node, wanted) {
  if (typeof wanted === 'string') return node.nodeType === Node.TEXT_NODE;
  return node.nodeName.toLowerCase() === wanted.tag && (node.mirrored?.key ?? null) === (wanted.attributes.key ?? null);
}

function keyed(parent) {
  const nodes = new Map();
  for (const node of parent.children) if (node.mirrored?.key) nodes.set(node.mirrored.key, node);
  return nodes;
}

function patch(parent, wanted) {
  let at = parent.firstChild;
  const known = keyed(parent);
  for (const child of wanted) {
    let node = at && fits(at, child) ? at : known.get(child.attributes?.key);
    if (node && !fits(node, child)) node = null;
    node ??= typeof child === 'string' ? document.createTextNode('') : document.createElement(child.tag);
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
    if (typeof child === 'string') {
      if (node.data !== child) node.data = child;
    } else {
      adopt(node, child);
    }
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

export class Mirror {
  constructor(root) {
    this.root = root;
    this.onCommand = () => {};
    this.newest = null;
    this.timer = 0;
    root.addEventListener('click', (event) => {
      const command = event.target.closest?.('[data-command]')?.dataset.command;
      if (command) this.onCommand(command);
    });
  }

  /** Takes the newest model; while many come, shows one each `pace`. */
  publish(json) {
    this.newest = json;
    if (this.timer) return;
    this.show();
    this.timer = setTimeout(() => {
      this.timer = 0;
      if (this.newest !== null) this.publish(this.newest);
    }, pace);
  }

  show() {
    const model = JSON.parse(this.newest);
    this.newest = null;
    const focused = this.root.contains(document.activeElement) ? document.activeElement : null;
    const command = focused?.dataset.command;
    patch(this.root, screen(model));
    if (focused && document.activeElement !== focused) this.focusAgain(command);
  }

  /** The node with the focus is gone: its command's new node, else the screen's heading. */
  focusAgain(command) {
    const same = command && this.root.querySelector(`[data-command="${CSS.escape(command)}"]:not(:disabled)`);
    (same || this.root.querySelector('h1'))?.focus({ preventScroll: true });
  }
}
