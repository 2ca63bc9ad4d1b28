// Leaves out of react-dom what no file of this page can reach: taking over what a server has drawn, older kinds of roots and lifecycles, browsers that have no modules, features that are named nowhere.
import { wordsBelow } from './react-tables';

// Each change makes a condition of react-dom constant, or ends a function early; what then cannot be reached the minifier takes away. It is for the one version that package.json names: another fails the build, which without this in
// react-modules.ts gives the same page in ten kilobytes more.
type Change = (code: string) => string;

interface Unused {
  /** Words that a file of the page would have if it used it: then it has to stay, and the build says so. */
  names: string[];
  changes: Change[];
}

function placeOf(code: string, text: string): number {
  const at = code.indexOf(text);
  if (at < 0 || code.indexOf(text, at + 1) >= 0) throw new Error(`react-dom does not have once "${text}": not the one that this was written for`);
  return at;
}

/** One text instead of another, which stands there exactly once. */
const put = (is: string, instead = ''): Change => (code) => code.slice(0, placeOf(code, is)) + instead + code.slice(placeOf(code, is) + is.length);

/** Nothing, or `instead`, for what goes from one text until before another. */
const cut = (from: string, until: string, instead = ''): Change => (code) => {
  const start = placeOf(code, from), end = code.indexOf(until, start);
  if (end < 0) throw new Error(`react-dom does not have "${until}" after "${from}"`);
  return code.slice(0, start) + instead + code.slice(end);
};

/** A function, by its name and parameters, that gives back `result` and does nothing else. */
const gives = (head: string, result = ''): Change => put(`function ${head}{`, `function ${head}{return ${result};`);

const SERVER_DRAWN: Unused = {
  names: ['hydrateRoot'],
  changes: [
    gives('Wb(a)', 'null'),
    gives('Uc(a,b,c,d,e)', '!1'),
    gives('bd(a)'),
    gives('Sc(a,b)'),
    gives('Eg(a)'),
    gives('Gg(a)', '!1'),
    gives('Ig()'),
    gives('Jg(a)'),
    gives('wg(a)'),
    gives('rj(a,b,c,d,e,f,g)', 'null'),
    put('if(null===e)hd(a,b,d,id,c),Sc(a,d);else if(Uc(e,a,b,c,d))d.stopPropagation();else if(Sc(a,d),b&4&&-1<Rc.indexOf(a)){for(;null!==e;){var f=Cb(e);null!==f&&Ec(f);f=Yc(a,b,c,d);null===f&&hd(a,b,d,id,c);if(f===e)break;e=f}null!==e&&d.stopPropagation()}else hd(a,b,d,null,c)', 'hd(a,b,d,id,c)'),
    put('if(b.stateNode.current.memoizedState.isDehydrated)return 3===b.tag?b.stateNode.containerInfo:null;a=null', 'a=null'),
    put('for(a=Mf(a);null!==a;){if(c=a[Of])return c;a=Mf(a)}'),
    put('if(null===a||null!==a.memoizedState&&null!==a.memoizedState.dehydrated){if(I&&', 'if(!1){if(I&&'),
    put('if(null!==e&&(h=e.dehydrated,null!==h))return rj(a,b,g,d,h,e,c);'),
    put('Eg(b);a=b.memoizedState;if(null!==a&&(a=a.dehydrated,null!==a))return', 'if(!1)return'),
    put('if(f.isDehydrated)if(', 'if(!1)if('),
    put('if(d&4&&null!==c&&c.memoizedState.isDehydrated)try{', 'if(!1)try{'),
    put('a.current.memoizedState.isDehydrated&&(Kk(a,b).flags|=256);'),
    put('case 18:null!==X&&', 'case 18:!1&&'),
    put('else if(18===f.tag){', 'else if(!1){'),
    put('if(null===a||null===a.child)Gg(b)?b.flags|=4:null===a||a.memoizedState.isDehydrated&&0===(b.flags&256)||(b.flags|=1024,', 'if(null===a||null===a.child)null===a||(b.flags|=1024,'),
    put('13===b.tag){var c=b.memoizedState;if(null!==c&&(c=c.dehydrated,', '13===b.tag){var c=b.memoizedState;if(null!==c&&(c=null,'),
    put('if(null!==d.dehydrated)return G(L,L.current&1),b.flags|=128,null;'),
    put('if(null!==a&&null!==a.dehydrated){if(null===b.alternate)throw Error(p(340));Ig()}'),
    put('if(null!==m){var q=m.dehydrated;null!==q&&bd(q)}'),
    put('b=null!==b?null!==b.dehydrated?!0:!1:!0', 'b=null===b'),
    put('Ec=function(a){switch(', 'Ec=function(a){return;switch('),
    put('ml.prototype.unstable_scheduleHydration=function(a){if(a){', 'ml.prototype.unstable_scheduleHydration=function(a){if(!1){'),
    put('var sl={usingClientEntryPoint:!1,Events:[Cb,ue,Db,Eb,Fb,Qk]}', 'var sl={}'),
    put('Fc=function(a){', 'Fc=function(a){return;'),
    put('Gc=function(a){', 'Gc=function(a){return;'),
  ],
};

const OLD_REACT: Unused = {
  names: ['contextTypes', 'childContextTypes', 'componentWillMount', 'UNSAFE_componentWillMount', 'componentWillReceiveProps', 'componentWillUpdate', 'componentDidCatch', 'getSnapshotBeforeUpdate'],
  changes: [
    gives('Yf(a,b)', 'Vf'),
    gives('Zf(a)', '!1'),
    gives('$f()'),
    put('d=b.stateNode;zh();E(Wf);E(H);', 'd=b.stateNode;zh();'),
    put('return zh(),E(Wf),E(H),', 'return zh(),'),
    put('case 3:zh();E(Wf);E(H);', 'case 3:zh();'),
    gives('dl(a)', 'Vf'),
    gives('Hi(a,b,c,d)'),
    put('b.pendingContext?ag(a,b.pendingContext,b.pendingContext!==b.context):b.context&&ag(a,b.context,!1);'),
    put('"function"!==typeof e.UNSAFE_componentWillMount&&"function"!==typeof e.componentWillMount||(', '!0||('),
    put('(q||"function"!==typeof g.UNSAFE_componentWillMount&&"function"!==typeof g.componentWillMount||(', '(!0||('),
    put('(m||"function"!==typeof g.UNSAFE_componentWillUpdate&&"function"!==typeof g.componentWillUpdate||(', '(!0||('),
    put('try{var c="",d=b;do c+=Pa(d),d=d.return;while(d);var e=c}catch(f){e="\\nError generating stack: "+f.message+"\\n"+f.stack}return{value:a,source:b,stack:e,', 'return{value:a,source:b,stack:"",'),
    put('if(c._owner){c=c._owner;if(c){if(1!==c.tag)throw Error(p(309));var d=c.stateNode}if(!d)throw Error(p(147,a));var e=d,f=""+a;if(null!==b&&null!==b.ref&&"function"===typeof b.ref&&b.ref._stringRef===f)return b.ref;b=function(a){var b=e.refs;null===a?delete b[f]:b[f]=a};b._stringRef=f;return b}'),
    put(',1===c&&0===K&&0===(b.mode&1)&&(Gj=B()+500,fg&&jg())'),
    put('0===a.tag?ig(Ek.bind(null,a)):hg(Ek.bind(null,a))', 'hg(Ek.bind(null,a))'),
  ],
};

const OLD_BROWSERS: Unused = {
  names: ['keyCode', 'charCode', 'movementX', 'movementY'],
  changes: [
    put('ia=!("undefined"===typeof window||"undefined"===typeof window.document||"undefined"===typeof window.document.createElement)', 'ia=!0'),
    cut('ae=ia&&"CompositionEvent"in window,', 'ee=String.fromCharCode(32)', 'ae=!0,be=null,ce=!0,de=!1,'),
    cut('var we=!1;if(ia){', 'function Ae()', 'var we=!0;'),
    put('Pe=ia&&"documentMode"in document&&11>=document.documentMode', 'Pe=!1'),
    put('He="function"===typeof Object.is?Object.is:Ge', 'He=Object.is'),
    put('oc=Math.clz32?Math.clz32:nc', 'oc=Math.clz32'),
    put('Mi="function"===typeof WeakMap?WeakMap:Map', 'Mi=WeakMap'),
    put('Kj="function"===typeof WeakSet?WeakSet:Set', 'Kj=WeakSet'),
    cut('Ff="function"===typeof setTimeout', 'function If(a)', 'Ff=setTimeout,Gf=clearTimeout,Jf=queueMicrotask;'),
    put('kl="function"===typeof reportError?reportError:function(a){console.error(a)}', 'kl=reportError'),
    cut('relatedTarget:function(a){', '}),Bd=rd(Ad)', 'relatedTarget:0'),
    put('key:function(a){if(a.key){', 'key:function(a){return a.key;if(a.key){'),
    cut('getModifierState:zd,charCode:', '}),Rd=rd(Qd)', 'getModifierState:zd'),
    put('function Pd(a){var b=this.nativeEvent;return b.getModifierState?b.getModifierState(a):(a=Od[a])?!!b[a]:!1}', 'function Pd(a){return this.nativeEvent.getModifierState(a)}'),
    put('a.preventDefault?a.preventDefault():"unknown"!==typeof a.returnValue&&\n(a.returnValue=!1)', 'a.preventDefault()'),
    put('a.stopPropagation?a.stopPropagation():"unknown"!==typeof a.cancelBubble&&(a.cancelBubble=!0)', 'a.stopPropagation()'),
    put('null!=f.defaultPrevented?f.defaultPrevented:!1===f.returnValue', 'f.defaultPrevented'),
    put('if(ia)try{var Mb={};', 'Lb=!0;if(!1)try{var Mb={};'),
    put('a=a.target||a.srcElement||window;a.correspondingUseElement&&(a=a.correspondingUseElement);', 'a=a.target||window;'),
    put('c.relatedTarget||c.fromElement', 'c.relatedTarget'),
    put('c.relatedTarget||c.toElement', 'c.relatedTarget'),
    cut(',qb=["Webkit","ms","Moz","O"];', 'function rb(', ';'),
  ],
};

const FEATURES: Unused = {
  names: ['createContext', 'SuspenseList', 'createPortal', 'dangerouslySetInnerHTML', 'contentEditable', 'onSelect', 'onBeforeInput', 'onCompositionStart', 'onCompositionEnd', 'onCompositionUpdate', 'onKeyPress'],
  changes: [
    gives('xj(a,b,c)', 'null'),
    cut('case 19:E(L);f=b.memoizedState;', 'case 22:case 23:return Hj(),d=null'),
    cut('case 10:a:{d=b.type._context;', 'case 14:return d=b.type'),
    cut('case 4:return yh(b,b.stateNode.containerInfo),d=b.pendingProps', 'case 11:return d=b.type'),
    cut('fa("onSelect",', 'var lf="abort'),
    cut('xa=d?ue(d):window;switch(a){case "focusin":if(me(xa)', 'se(g,b)})}', '}'),
    put('"dangerouslySetInnerHTML"===m?nb(e,q):'),
    put('"dangerouslySetInnerHTML"===f?(k=k?k.__html:void 0,null!=k&&nb(a,k)):'),
    cut('mb,nb=function(a){return"undefined"', 'function ob(', 'mb;'),
    cut('else a:{c=(c=a.ownerDocument)&&c.defaultView', 'else c=null;Df=', '}'),
    cut('else if(a=(b=c.ownerDocument||document)&&b.defaultView', 'b=[];for(a=c;a=a.parentNode;)'),
  ],
};

/** The only roots that there are draw concurrently, which is a bit of each part's mode. */
const isConcurrent: Change = (code) => code.replace(/0===\((\w\.mode|d)&1\)/g, '!1').replace(/0!==\(\w\.mode&1\)/g, '!0').replace(/\b\w\.mode&1(?=\?|&&)/g, '!0');

const UNUSED = [SERVER_DRAWN, OLD_REACT, OLD_BROWSERS, FEATURES];

/** code: of react-dom; source: the folder of the page's files. */
export function withoutUnusedCode(code: string, source: string): string {
  const words = wordsBelow(source);
  const used = UNUSED.flatMap(({ names }) => names).find((name) => words.has(name));
  if (used) throw new Error(`react-unused.ts leaves out what "${used}" needs, which a file of the page names`);
  return UNUSED.flatMap(({ changes }) => changes).concat(isConcurrent).reduce((text, change) => change(text), code);
}
